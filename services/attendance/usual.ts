import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';

/** How many school days with data are looked at, and how few are too few to say anything. */
const MOST_DAYS = 20;
const FEWEST_DAYS = 5;
/** Twenty school days fit in this many days, a Christmas holiday among them; what was usual before summer is not. */
const CALENDAR_DAYS = 60;

/**
 * How many of a school's pupils usually miss a lesson without a valid reason in a day: the median of the last school days
 * before `day`. Undefined with fewer than five such days. The median, so that one day of fire drill or flu moves nothing.
 */
export async function usualAbsent(
  { db }: { readonly db: Db },
  schoolId: string,
  day: Temporal.PlainDate,
): Promise<number | undefined> {
  const { rows } = await sql<{ absent: number }>`
    select (count(*) filter (where sums.lessons_missed > 0 and sums.invalid_minutes > 0 and exists (
      select from pupil_lesson as part
      where part.pupil_id = sums.pupil_id and part.day = sums.day and part.offered_minutes > 0 and part.is_reported
        and part.invalid_minutes > 0
        and part.valid_minutes + part.present_minutes + part.elsewhere_minutes = 0)))::int as absent
    from day_sum as sums
    where sums.school_id = ${schoolId} and sums.lessons_reported > 0
      and sums.day < ${day} and sums.day >= ${day.subtract({ days: CALENDAR_DAYS })}
    group by sums.day
    order by sums.day desc
    limit ${MOST_DAYS}`.execute(db);
  return rows.length < FEWEST_DAYS ? undefined : median(rows.map((row) => row.absent));
}

/** Between the two in the middle where their number is even. */
function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.slice(Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2) + 1);
  return middle.reduce((sum, each) => sum + each, 0) / middle.length;
}
