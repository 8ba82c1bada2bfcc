import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../clock.ts';
import type { Db } from '../storage/database.ts';
import type { DayLedger, DueRun } from './due.ts';

/** What the ledger has of the given days: school (or source) and day → job → state. */
export async function readLedger(
  db: Db,
  days: readonly Temporal.PlainDate[],
): Promise<(key: LedgerKey) => DayLedger> {
  const rows = await db
    .selectFrom('jobRun')
    .select(['job', 'schoolId', 'day', 'state'])
    .where('day', 'in', [...days])
    .execute();
  const ledger = new Map<string, Map<string, 'started' | 'done' | 'failed' | 'skipped'>>();
  for (const { schoolId, day, job, state } of rows) {
    const key = keyOf({ schoolId, day });
    ledger.set(key, (ledger.get(key) ?? new Map()).set(job, state));
  }
  return (key) => ledger.get(keyOf(key)) ?? new Map();
}

interface LedgerKey {
  readonly schoolId: string;
  readonly day: Temporal.PlainDate;
}

function keyOf({ schoolId, day }: LedgerKey): string {
  return `${schoolId}/${day}`;
}

/** Puts a run down, once: false where it has a row already, from this process or from another. */
export async function putDown(db: Db, run: DueRun, at: Temporal.Instant): Promise<boolean> {
  const row = await db
    .insertInto('jobRun')
    .values({
      job: run.job,
      schoolId: run.schoolId,
      day: run.day,
      state: run.action === 'run' ? 'started' : 'skipped',
      startedAt: at,
      finishedAt: run.action === 'run' ? null : at,
      note: run.note ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('job')
    .executeTakeFirst();
  return row !== undefined;
}

interface LedgerDeps {
  readonly db: Db;
  readonly clock: Clock;
}

/** How a run ended. The note is a stable code. */
export interface RunOutcome {
  readonly state: 'done' | 'failed' | 'skipped';
  readonly note?: string;
}

/**
 * Puts down how a run ended. One that was asked for by hand before its time has no row, and gets none: it must not stand
 * for the scheduled one.
 */
export async function finishRun(
  deps: LedgerDeps,
  job: string,
  schoolId: string,
  day: Temporal.PlainDate,
  outcome: RunOutcome,
): Promise<void> {
  await ending(deps, { job, schoolId, day }, outcome).execute();
}

/** Ends a run that nobody has ended: false where it has an outcome already, which is kept. */
export async function endUnfinished(deps: LedgerDeps, run: RunKey, outcome: RunOutcome): Promise<boolean> {
  const ended = await ending(deps, run, outcome)
    .where('state', '=', 'started')
    .returning('job')
    .executeTakeFirst();
  return ended !== undefined;
}

interface RunKey extends LedgerKey {
  readonly job: string;
}

function ending({ db, clock }: LedgerDeps, { job, schoolId, day }: RunKey, { state, note }: RunOutcome) {
  return db
    .updateTable('jobRun')
    .set({ state, finishedAt: clock.now(), note: note ?? null })
    .where('job', '=', job)
    .where('schoolId', '=', schoolId)
    .where('day', '=', day);
}
