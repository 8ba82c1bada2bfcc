import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
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

interface WindowRow extends Sums {
  readonly pupilId: string;
  readonly windowDays: number;
  /** On the last known day in every reported lesson, or no day of the window is known. */
  readonly mayBeAway: boolean;
}

interface AbsentDayRow extends DayFact {
  readonly pupilId: string;
}

/** What the days before `day` say of each of the pupils. */
export async function readHistories(
  db: Db,
  pupilIds: readonly string[],
  day: Temporal.PlainDate,
): Promise<ReadonlyMap<string, History>> {
  const windows = await readWindows(db, pupilIds, day);
  const away = windows.filter((row) => row.mayBeAway).map((row) => row.pupilId);
  const absentDays = new Map<string, DayFact[]>();
  for (const { pupilId, ...fact } of await readAbsentDays(db, away, day)) {
    absentDays.set(pupilId, [...(absentDays.get(pupilId) ?? []), fact]);
  }
  return new Map(
    windows.map((window) => [
      window.pupilId,
      { window, windowDays: window.windowDays, absentDays: absentDays.get(window.pupilId) ?? [] },
    ]),
  );
}

async function readWindows(
  db: Db,
  pupilIds: readonly string[],
  day: Temporal.PlainDate,
): Promise<readonly WindowRow[]> {
  const { rows } = await sql<WindowRow>`
    select pupil.pupil_id, past.*
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
  return rows;
}

/**
 * Reads from the day each pupil was last here, which is found from the end backwards. (`offset 0` keeps it one pupil at a
 * time: as a join, every day of everybody would be read.)
 */
async function readAbsentDays(
  db: Db,
  pupilIds: readonly string[],
  day: Temporal.PlainDate,
): Promise<readonly AbsentDayRow[]> {
  if (pupilIds.length === 0) return [];
  const { rows } = await sql<AbsentDayRow>`
    select pupil.pupil_id, sums.day, sums.lessons_reported, sums.lessons_missed
    from unnest(${pupilIds}::text[]) as pupil (pupil_id)
    left join lateral (
      select here.day from day_sum as here
      where here.pupil_id = pupil.pupil_id and here.day < ${day} and here.lessons_missed < here.lessons_reported
      order by here.day desc limit 1) as last on true
    cross join lateral (
      select away.day, away.lessons_reported, away.lessons_missed from day_sum as away
      where away.pupil_id = pupil.pupil_id and away.day < ${day} and away.lessons_reported > 0
        and away.day > coalesce(last.day, '-infinity')
      offset 0) as sums`.execute(db);
  return rows;
}
