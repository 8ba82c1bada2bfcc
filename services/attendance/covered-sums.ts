import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import { countSchoolDays } from '../calendar/school-days.ts';
import type { SchoolCalendar } from '../config/municipality.ts';
import type { WindowName } from '../config/routine.ts';
import type { Db } from '../storage/database.ts';
import { LONG_TERM_DAYS } from './long-term.ts';
import { type PupilSums, readPupilSums, type SumsQuery, type WindowSums } from './window-sums.ts';
import { type DaySpan, windowSpan } from './windows.ts';

export interface CoveredQuery extends SumsQuery {
  readonly calendar: SchoolCalendar;
}

/** Sums that were read longer ago than this say nothing of the window as it is now. */
const NEWEST_WITHIN_DAYS = 7;

/**
 * The sums of a school's pupils, where there are lessons by their days; where the source gives the school no lessons, by the
 * sums that it gives of the same window. Never both: a window with a single day of lessons is its lessons alone. Of what has
 * been summed by others only minutes are known: no days in a row, occasions or lessons.
 */
export async function readCoveredSums(db: Db, query: CoveredQuery): Promise<readonly PupilSums[]> {
  const byLessons = new Map((await readPupilSums(db, query)).map((one) => [one.pupilId, one]));
  for (const name of query.windows) {
    const span = windowSpan(name, query.day, query.calendar);
    if (span === undefined) continue;
    for (const row of await readPeriods(db, query, span, name)) {
      const known = byLessons.get(row.pupilId);
      if ((known?.windows[name]?.schoolDays ?? 0) > 0) continue;
      byLessons.set(row.pupilId, withWindow(known, row, { name, query }));
    }
  }
  return [...byLessons.values()].toSorted((a, b) => (a.pupilId < b.pupilId ? -1 : 1));
}

interface PeriodRow
  extends Pick<WindowSums, 'offeredMinutes' | 'reportedMinutes' | 'validMinutes' | 'invalidMinutes'> {
  readonly pupilId: string;
  readonly isProtected: boolean;
  readonly firstDay: Temporal.PlainDate;
  readonly lastDay: Temporal.PlainDate;
}

/**
 * The last sums of each pupil that begin where the window does, or where it did on the day they were read: sums come once a day,
 * and a rolling window has moved on by the next morning. None where the school has a day of lessons in it.
 */
async function readPeriods(
  db: Db,
  { schoolId, day, pupilIds }: CoveredQuery,
  { firstDay, lastDay }: DaySpan,
  name: WindowName,
): Promise<readonly PeriodRow[]> {
  const earliest = name === 'fourWeeks' ? firstDay.subtract({ days: NEWEST_WITHIN_DAYS }) : firstDay;
  const whom = pupilIds === undefined ? sql`true` : sql`pupil.id = any(${pupilIds}::text[])`;
  const { rows } = await sql<PeriodRow>`
    select distinct on (pupil.id) pupil.id as pupil_id, pupil.is_protected, sums.first_day, sums.last_day, sums.offered_minutes,
      sums.reported_minutes, sums.valid_minutes, sums.invalid_minutes
    from pupil join period_sum as sums on sums.pupil_id = pupil.id
    where pupil.school_id = ${schoolId} and pupil.removed_at is null and ${whom}
      and sums.school_id = ${schoolId} and sums.last_day <= ${lastDay} and (
        sums.first_day = ${firstDay} or (sums.first_day between ${earliest} and ${firstDay}
          and sums.last_day - sums.first_day = ${LONG_TERM_DAYS - 1}))
      and sums.last_day > ${day.subtract({ days: NEWEST_WITHIN_DAYS })}
      and not exists (
        select from day_sum where day_sum.school_id = ${schoolId} and day_sum.day between ${firstDay} and ${lastDay})
    order by pupil.id, sums.last_day desc, sums.first_day desc`.execute(db);
  return rows;
}

function withWindow(
  known: PupilSums | undefined,
  { pupilId, isProtected, firstDay, lastDay, ...minutes }: PeriodRow,
  { name, query }: { readonly name: WindowName; readonly query: CoveredQuery },
): PupilSums {
  const sums: WindowSums = {
    ...minutes,
    schoolDays: countSchoolDays(query.calendar, firstDay, lastDay),
    lessonsMissed: 0,
    invalidLessons: 0,
    lateArrivals: 0,
    occasions: 0,
  };
  const before = known ?? { pupilId, isProtected, daysInRow: 0, windows: {} };
  return { ...before, windows: { ...before.windows, [name]: sums } };
}
