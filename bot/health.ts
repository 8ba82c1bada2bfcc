import { sql } from 'kysely';
import type { Clock } from '../services/clock.ts';
import type { Log } from '../services/log.ts';
import type { Db } from '../services/storage/database.ts';
import type { Identity } from './identity.ts';

export interface HealthDeps {
  readonly db: Db;
  readonly identity: Identity;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Health {
  readonly isReady: boolean;
  readonly checks: Readonly<Record<string, string>>;
}

/** A check that takes longer than this has failed. */
const LONGEST_MS = 3_000;

type Outcome = { readonly told: 'ok' | 'tooSlow' } | { readonly told: 'failed'; readonly err: unknown };

/**
 * Tells each time whether Sedd can do its work: the database answers, jobs are done, Microsoft gives a token. Codes only; why
 * a check fails is logged when it begins, and that it is over.
 */
export function createHealth(deps: HealthDeps): () => Promise<Health> {
  const logged = new Map<string, string>();
  return async () => {
    const { db, identity } = deps;
    const outcomes = {
      database: check(async () => void (await sql`select 1`.execute(db))),
      jobs: check(() => jobsAreDone(deps)),
      credentials: check(async () => void (await identity.token())),
    };
    const checks: Record<string, string> = {};
    for (const [name, outcome] of Object.entries(outcomes)) {
      const found = await outcome;
      logNews(deps.log, logged, name, found);
      checks[name] = found.told;
    }
    const isReady = Object.values(checks).every((told) => told === 'ok');
    const lastImport = await readLastImport(db).catch(() => 'unknown');
    return { isReady, checks: { ...checks, lastImport } };
  };
}

async function check(act: () => Promise<void>): Promise<Outcome> {
  const tooSlow = new Promise<Outcome>((resolve) => {
    setTimeout(resolve, LONGEST_MS, { told: 'tooSlow' }).unref();
  });
  return await Promise.race([
    act().then(
      () => ({ told: 'ok' }) as const,
      (err: unknown) => ({ told: 'failed', err }) as const,
    ),
    tooSlow,
  ]);
}

/** Whoever asks does so several times a minute: what is logged already is not logged again. */
function logNews(log: Log, logged: Map<string, string>, name: string, outcome: Outcome): void {
  const code = outcome.told === 'failed' ? codeOf(outcome.err) : outcome.told;
  const before = logged.get(name) ?? 'ok';
  logged.set(name, code);
  if (code === before) return;
  if (code === 'ok') log.info({ check: name }, 'A check of whether Sedd can do its work succeeds again');
  else {
    const cause = outcome.told === 'failed' ? { err: outcome.err } : {};
    log.warn({ check: name, code, ...cause }, 'A check of whether Sedd can do its work fails');
  }
}

/** Of Sedd's own errors and of those of the database and the network. */
function codeOf(err: unknown): string {
  const { code } = (err ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' ? code : 'failed';
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
