import type { Temporal } from 'temporal-polyfill';
import { windowSpan } from '../attendance/windows.ts';
import type { School } from '../config/municipality.ts';
import type { Routine } from '../config/routine.ts';
import type { Compliance } from '../routine/compliance.ts';
import { addCompliance, type ComplianceLine, readCompliance } from '../routine/read-compliance.ts';
import { levelName } from '../routine/routine-names.ts';
import { compareInRoutine } from '../routine/routine-order.ts';
import type { Db } from '../storage/database.ts';

/** How a school followed the routine; within the school also where it is about few pupils. */
export interface WeekCompliance {
  readonly week: Compliance;
  /** The term up to the day. */
  readonly term: Compliance;
  /** The term by level, the gravest first; levels without steps are not here. */
  readonly levels: readonly { readonly name: string; readonly term: Compliance }[];
}

/** Of steps first due in the week and the term up to `day`; undefined where no routine is followed. */
export async function readWeekCompliance(
  { db, routines }: { readonly db: Db; readonly routines: readonly Routine[] },
  school: School,
  day: Temporal.PlainDate,
): Promise<WeekCompliance | undefined> {
  if (routines.length === 0) return undefined;
  const firstDay = day.subtract({ days: day.dayOfWeek - 1 });
  const span = windowSpan('term', day, school.calendar) ?? { firstDay, lastDay: day };
  const { id: schoolId, timeZone } = school;
  const week = await readCompliance(db, { schoolId, firstDay, lastDay: day, day, timeZone });
  const term = await readCompliance(db, { schoolId, ...span, day, timeZone });
  return { week: addCompliance(week), term: addCompliance(term), levels: byLevel(term, routines) };
}

function byLevel(lines: readonly ComplianceLine[], routines: readonly Routine[]): WeekCompliance['levels'] {
  const inOrder = lines.toSorted(compareInRoutine(routines));
  const levels = [...new Set(inOrder.map(({ level }) => level))];
  return levels.map((level) => ({
    name: nameOf(level, routines),
    term: addCompliance(lines.filter((line) => line.level === level)),
  }));
}

/** By the last routine that has the level. */
function nameOf(level: string, routines: readonly Routine[]): string {
  const known = routines.findLast(({ levels }) => levels.some(({ key }) => key === level));
  return known === undefined ? level : levelName(routines, { routineValidFrom: known.validFrom, level });
}
