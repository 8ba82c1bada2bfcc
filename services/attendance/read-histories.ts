import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';
import { type DayFact, LONG_TERM_DAYS } from './long-term.ts';
import type { Sums } from './rate.ts';
import { inScope, type Scope } from './today-facts.ts';

/** What a pupil's earlier days say of long-term absence. */
export interface History {
  /** The four weeks before the day. */
  readonly window: Sums;
  /** Days with absence in every reported lesson since the pupil was last here, before the day. */
  readonly absentDays: readonly DayFact[];
}

interface HistoryRow extends Sums {
  readonly pupilId: string;
}

interface AbsentDayRow {
  readonly pupilId: string;
  readonly day: Temporal.PlainDate;
  readonly lessonsReported: number;
  readonly lessonsMissed: number;
}

/** The histories of a scope's pupils, by pupil; a pupil without earlier days has none. */
export async function readHistories(db: Db, scope: Scope): Promise<ReadonlyMap<string, History>> {
  const absentDays = new Map<string, DayFact[]>();
  for (const { pupilId, ...fact } of await readAbsentDays(db, scope)) {
    absentDays.set(pupilId, [...(absentDays.get(pupilId) ?? []), fact]);
  }
  const histories = new Map<string, History>();
  for (const { pupilId, ...window } of await readWindows(db, scope)) {
    histories.set(pupilId, { window, absentDays: absentDays.get(pupilId) ?? [] });
  }
  return histories;
}

async function readWindows(db: Db, scope: Scope): Promise<readonly HistoryRow[]> {
  const { rows } = await sql<HistoryRow>`
    select pupil.id as pupil_id, coalesce(sum(sums.offered_minutes), 0)::int as offered_minutes,
      coalesce(sum(sums.reported_minutes), 0)::int as reported_minutes,
      coalesce(sum(sums.valid_minutes), 0)::int as valid_minutes,
      coalesce(sum(sums.invalid_minutes), 0)::int as invalid_minutes
    from pupil left join day_sum as sums on sums.pupil_id = pupil.id
      and sums.day >= ${scope.day.subtract({ days: LONG_TERM_DAYS })} and sums.day < ${scope.day}
    where ${inScope(scope)}
    group by pupil.id`.execute(db);
  return rows;
}

/** Finds the day a pupil was last here from the end backwards, so that nearly every pupil costs one row. */
async function readAbsentDays(db: Db, scope: Scope): Promise<readonly AbsentDayRow[]> {
  const { rows } = await sql<AbsentDayRow>`
    select pupil.id as pupil_id, sums.day, sums.lessons_reported, sums.lessons_missed
    from pupil
    left join lateral (
      select here.day from day_sum as here
      where here.pupil_id = pupil.id and here.day < ${scope.day} and here.lessons_missed < here.lessons_reported
      order by here.day desc limit 1) as last on true
    join day_sum as sums on sums.pupil_id = pupil.id and sums.day < ${scope.day} and sums.lessons_reported > 0
      and sums.day > coalesce(last.day, '-infinity')
    where ${inScope(scope)}`.execute(db);
  return rows;
}
