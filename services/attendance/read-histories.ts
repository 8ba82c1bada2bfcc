import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';
import { type DayFact, LONG_TERM_DAYS } from './long-term.ts';
import type { Sums } from './rate.ts';

/** What a pupil's earlier days say of long-term absence. */
export interface History {
  /** The four weeks before the day. */
  readonly window: Sums;
  /** School days among them. */
  readonly windowDays: number;
  /** Days with absence in every reported lesson since the pupil was last here, before the day. */
  readonly absentDays: readonly DayFact[];
}

type StoredDay = readonly [day: string, lessonsReported: number, lessonsMissed: number];

type StoredHistory = readonly [
  pupilId: string,
  offeredMinutes: number,
  reportedMinutes: number,
  validMinutes: number,
  invalidMinutes: number,
  windowDays: number,
  absentDays: readonly StoredDay[] | null,
];

/**
 * What the days before `day` say of each of the pupils. Days of absence are read of those alone who were away on the last day
 * that is known, or of whom no day of the window is; and from the day each was last here, which is found from the end
 * backwards. Read as JSON, since rows of their own take PGlite longer. (`offset 0` keeps it one pupil at a time: as a join, every
 * day of everybody would be read.)
 */
export async function readHistories(
  db: Db,
  pupilIds: readonly string[],
  day: Temporal.PlainDate,
): Promise<ReadonlyMap<string, History>> {
  const { rows } = await sql<{ histories: readonly StoredHistory[] | null }>`
    select json_agg(json_build_array(pupil.pupil_id, offered_minutes, reported_minutes, valid_minutes, invalid_minutes,
      window_days, case when past.may_be_away then (
        select json_agg(json_build_array(sums.day, sums.lessons_reported, sums.lessons_missed))
        from (
          select away.day, away.lessons_reported, away.lessons_missed from day_sum as away
          where away.pupil_id = pupil.pupil_id and away.day < ${day} and away.lessons_reported > 0
            and away.day > coalesce((
              select here.day from day_sum as here
              where here.pupil_id = pupil.pupil_id and here.day < ${day} and here.lessons_missed < here.lessons_reported
              order by here.day desc limit 1), '-infinity')
          offset 0) as sums) end)) as histories
    from unnest(${pupilIds}::text[]) as pupil (pupil_id) cross join lateral (
      select coalesce(sum(offered_minutes), 0)::int as offered_minutes,
        coalesce(sum(reported_minutes), 0)::int as reported_minutes,
        coalesce(sum(valid_minutes), 0)::int as valid_minutes,
        coalesce(sum(invalid_minutes), 0)::int as invalid_minutes,
        count(*)::int as window_days,
        coalesce(max(day) filter (where lessons_reported > 0)
          > max(day) filter (where lessons_missed < lessons_reported), true) as may_be_away
      from day_sum
      where day_sum.pupil_id = pupil.pupil_id and day_sum.day < ${day}
        and day_sum.day >= ${day.subtract({ days: LONG_TERM_DAYS })}) as past`.execute(db);
  return new Map(rows[0]?.histories?.map((stored) => [stored[0], historyOf(stored)]));
}

function historyOf([, ...stored]: StoredHistory): History {
  const [offeredMinutes, reportedMinutes, validMinutes, invalidMinutes, windowDays, absentDays] = stored;
  return {
    window: { offeredMinutes, reportedMinutes, validMinutes, invalidMinutes },
    windowDays,
    absentDays: (absentDays ?? []).map(absentDay),
  };
}

function absentDay([day, lessonsReported, lessonsMissed]: StoredDay): DayFact {
  return { day: Temporal.PlainDate.from(day), lessonsReported, lessonsMissed };
}
