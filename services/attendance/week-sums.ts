import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';
import type { Sums } from './rate.ts';
import type { DaySpan } from './windows.ts';

/** A pupil's minutes of a week. */
export interface WeekSums extends Sums {
  readonly monday: Temporal.PlainDate;
}

/** A pupil's weeks within a span that offered something, in order. */
export async function readWeekSums(db: Db, pupilId: string, span: DaySpan): Promise<readonly WeekSums[]> {
  const { rows } = await sql<WeekSums>`
    select date_trunc('week', day)::date as monday, sum(offered_minutes)::int as offered_minutes,
      sum(reported_minutes)::int as reported_minutes, sum(valid_minutes)::int as valid_minutes,
      sum(invalid_minutes)::int as invalid_minutes
    from day_sum
    where pupil_id = ${pupilId} and day between ${span.firstDay} and ${span.lastDay}
    group by 1
    order by 1`.execute(db);
  return rows;
}
