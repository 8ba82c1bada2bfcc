import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';

export interface SchoolDay {
  readonly schoolId: string;
  readonly day: Temporal.PlainDate;
}

/** The core measure of a school day: from the first lesson missed to contact made. Per school, never per person. */
export interface ContactTime {
  readonly day: Temporal.PlainDate;
  readonly followUps: number;
  readonly contacted: number;
  readonly medianMinutes: number | undefined;
}

/**
 * Builds a school day's figures again, whole, from its follow-ups. What was closed before anybody tried was never to be
 * contacted, and does not count. The median is of those who were missed without notice and reached.
 */
export async function rebuildContactTime(
  db: Db,
  { schoolId, day }: SchoolDay,
  at: Temporal.Instant,
): Promise<void> {
  await sql`
    insert into contact_time (school_id, day, follow_ups, contacted, median_minutes, rebuilt_at)
    select ${schoolId}, ${day}::date, count(*), count(*) filter (where state = 'contacted'),
      round(percentile_cont(0.5) within group (order by extract(epoch from contacted_at - first_missed_at) / 60)
        filter (where state = 'contacted' and contacted_at >= first_missed_at)), ${at}::timestamptz
    from follow_up
    where school_id = ${schoolId} and day = ${day} and (state <> 'closed' or attempts > 0)
    on conflict (school_id, day) do update set follow_ups = excluded.follow_ups, contacted = excluded.contacted,
      median_minutes = excluded.median_minutes, rebuilt_at = excluded.rebuilt_at`.execute(db);
}

/** The figures of days, oldest first; days without any are left out. */
export async function readContactTimes(
  db: Db,
  schoolId: string,
  days: { readonly from: Temporal.PlainDate; readonly to: Temporal.PlainDate },
): Promise<readonly ContactTime[]> {
  const rows = await db
    .selectFrom('contactTime')
    .selectAll()
    .where('schoolId', '=', schoolId)
    .where('day', '>=', days.from)
    .where('day', '<=', days.to)
    .orderBy('day')
    .execute();
  return rows.map(({ day, followUps, contacted, medianMinutes }) => ({
    day,
    followUps,
    contacted,
    medianMinutes: medianMinutes ?? undefined,
  }));
}
