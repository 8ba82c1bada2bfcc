import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../clock.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Db } from '../storage/database.ts';
import { type SchoolDay, wantSchoolCard } from './morning-posts.ts';

/** A school's morning that could not be read so far. */
export interface MorningFailure {
  /** When it fell due. */
  readonly since: Temporal.Instant;
  readonly code: string;
}

/** A fault that is over within this is nobody's business but the log's. */
const TOLD_AFTER_MINUTES = 5;

/** Why there is nothing to show of a school's day; undefined where its morning has run, or did not fail. */
export async function readMorningFailure(
  db: Db,
  { schoolId, day }: SchoolDay,
): Promise<MorningFailure | undefined> {
  const run = await db
    .selectFrom('jobRun')
    .leftJoin('morning', (join) =>
      join.onRef('morning.schoolId', '=', 'jobRun.schoolId').onRef('morning.day', '=', 'jobRun.day'),
    )
    .select(['jobRun.startedAt', 'jobRun.note'])
    .where('jobRun.job', '=', 'morning')
    .where('jobRun.schoolId', '=', schoolId)
    .where('jobRun.day', '=', day)
    .where('jobRun.state', '=', 'failed')
    .where('morning.day', 'is', null)
    .executeTakeFirst();
  return run === undefined ? undefined : { since: run.startedAt, code: run.note ?? 'unknown' };
}

/** Tells the coordinator of a morning that has failed for a while: they wait for cards that do not come. */
export async function tellOfFailure(
  deps: { readonly db: Db; readonly jobs: Pick<Jobs, 'enqueue'>; readonly clock: Clock },
  schoolDay: SchoolDay,
): Promise<void> {
  const now = deps.clock.now();
  await deps.db.transaction().execute(async (trx) => {
    const failure = await readMorningFailure(trx, schoolDay);
    if (failure === undefined || now.since(failure.since).total('minutes') < TOLD_AFTER_MINUTES) return;
    await wantSchoolCard(trx, schoolDay, now);
    await deps.jobs.enqueue(trx, 'deliver', {});
  });
}
