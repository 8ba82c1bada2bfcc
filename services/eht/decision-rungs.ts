import { Temporal } from 'temporal-polyfill';
import { isSchoolDay, nextSchoolDay, schoolDayAfter } from '../calendar/school-days.ts';
import type { School } from '../config/municipality.ts';
import type { DecisionRow } from './read-decisions.ts';

export type DecisionRung = 'due' | 'after';

/**
 * Which reminder of an open decision its owner is to have now: one on the day it is due, and one on the school day after, or the
 * first one after that on which Sedd runs; undefined for none. Never of what was decided the same day, in quiet hours, or on a
 * day without school; what falls due on such a day does so on the next.
 */
export function decisionRung(
  school: Pick<School, 'calendar' | 'timeZone' | 'ladder'>,
  decision: Pick<DecisionRow, 'dueDay' | 'madeAt'>,
  sent: ReadonlySet<string>,
  now: Temporal.Instant,
): DecisionRung | undefined {
  const wall = now.toZonedDateTimeISO(school.timeZone);
  const today = wall.toPlainDate();
  if (!isSchoolDay(school.calendar, today) || isQuiet(school, wall)) return undefined;
  if (decision.madeAt.toZonedDateTimeISO(school.timeZone).toPlainDate().equals(today)) return undefined;
  const due = schoolDayAfter(school.calendar, decision.dueDay, 0);
  if (due.equals(today)) return sent.has('due') ? undefined : 'due';
  const after = nextSchoolDay(school.calendar, due);
  const isAfter = after !== undefined && Temporal.PlainDate.compare(today, after) >= 0;
  return isAfter && !sent.has('after') ? 'after' : undefined;
}

function isQuiet({ ladder }: Pick<School, 'ladder'>, wall: Temporal.ZonedDateTime): boolean {
  const time = wall.toPlainTime().toString({ smallestUnit: 'minute' });
  return time < ladder.quietBefore || time >= ladder.quietAfter;
}
