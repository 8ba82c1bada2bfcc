import { sql } from 'kysely';
import type { Clock } from '../services/clock.ts';
import type { Db } from '../services/storage/database.ts';
import type { Identity } from './identity.ts';

export interface HealthDeps {
  readonly db: Db;
  readonly identity: Identity;
  readonly clock: Clock;
}

export interface Health {
  readonly isReady: boolean;
  readonly checks: Readonly<Record<string, string>>;
}

/** A check that takes longer than this has failed. */
const LONGEST_MS = 3_000;

/** Whether Sedd can do its work: the database answers, jobs are done, Microsoft gives a token. Codes only. */
export async function readHealth(deps: HealthDeps): Promise<Health> {
  const names = ['database', 'jobs', 'credentials'] as const;
  const results = await Promise.all([
    check(async () => void (await sql`select 1`.execute(deps.db))),
    check(() => jobsAreDone(deps)),
    check(async () => void (await deps.identity.token())),
  ]);
  const lastImport = await readLastImport(deps.db).catch(() => 'unknown');
  const checks = Object.fromEntries(names.map((name, index) => [name, results[index] ?? 'failed']));
  return { isReady: results.every((result) => result === 'ok'), checks: { ...checks, lastImport } };
}

async function check(act: () => Promise<void>): Promise<'ok' | 'failed' | 'tooSlow'> {
  const tooSlow = new Promise<'tooSlow'>((resolve) => {
    setTimeout(resolve, LONGEST_MS, 'tooSlow').unref();
  });
  return await Promise.race([
    act().then(
      () => 'ok' as const,
      () => 'failed' as const,
    ),
    tooSlow,
  ]);
}

/** Runs that began more than half an hour ago and have not ended: nobody works, or the database is stuck. */
async function jobsAreDone({ db, clock }: HealthDeps): Promise<void> {
  const stuck = await db
    .selectFrom('jobRun')
    .select('job')
    .where('state', '=', 'started')
    .where('startedAt', '<', clock.now().subtract({ minutes: 30 }))
    .where('startedAt', '>', clock.now().subtract({ hours: 24 }))
    .executeTakeFirst();
  if (stuck !== undefined) throw new Error('A run has not ended');
}

async function readLastImport(db: Db): Promise<string> {
  const row = await db
    .selectFrom('morning')
    .select((eb) => eb.fn.max('dataAt').as('at'))
    .executeTakeFirst();
  return row?.at?.toString() ?? 'never';
}
