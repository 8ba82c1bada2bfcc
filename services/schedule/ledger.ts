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

/** Puts down how a run ended. A run that was asked for by hand may have no row yet. */
export async function finishRun(
  deps: { readonly db: Db; readonly clock: Clock },
  job: string,
  schoolId: string,
  day: Temporal.PlainDate,
  outcome: { readonly state: 'done' | 'failed'; readonly note?: string },
): Promise<void> {
  const at = deps.clock.now();
  const ended = { state: outcome.state, finishedAt: at, note: outcome.note ?? null };
  await deps.db
    .insertInto('jobRun')
    .values({ job, schoolId, day, startedAt: at, ...ended })
    .onConflict((conflict) => conflict.columns(['job', 'schoolId', 'day']).doUpdateSet(ended))
    .execute();
}
