import type { Temporal } from 'temporal-polyfill';
import { recordAudit } from '../audit/record-audit.ts';
import type { Doer } from '../follow-up/change-follow-up.ts';
import type { Db } from '../storage/database.ts';
import type { CaseRow, StepRow } from './routine-case.ts';
import type { RoutineDeps } from './routine-deps.ts';

/** What every outcome can be besides the good one. */
export type Unchanged<Row> =
  /** Somebody was there before, or the facts have changed: how it stands now. */
  { readonly kind: 'movedOn'; readonly now: Row } | { readonly kind: 'nothing' };

/** What a person did, for the audit. */
export interface Deed extends Doer {
  readonly action: string;
  readonly at: Temporal.Instant;
  readonly objectId: string;
  readonly details: object;
}

/** Does something to one case while nobody else can: the row is locked until the transaction ends. */
export async function withCase<T>(
  deps: RoutineDeps,
  caseId: string,
  act: (trx: Db, found: CaseRow) => Promise<T>,
): Promise<T | undefined> {
  return await inTransaction(deps.db, async (trx) => {
    const found = await lockCase(trx, caseId);
    return found === undefined ? undefined : await act(trx, found);
  });
}

/** The same with one of its steps. Whoever changes a step has its case locked. */
export async function withStep<T>(
  deps: RoutineDeps,
  stepId: string,
  act: (trx: Db, step: StepRow, found: CaseRow) => Promise<T>,
): Promise<T | undefined> {
  return await inTransaction(deps.db, async (trx) => {
    const place = await trx
      .selectFrom('routineStep')
      .select('caseId')
      .where('id', '=', stepId)
      .executeTakeFirst();
    const found = place === undefined ? undefined : await lockCase(trx, place.caseId);
    if (found === undefined) return undefined;
    const step = await trx
      .selectFrom('routineStep')
      .selectAll()
      .where('id', '=', stepId)
      .executeTakeFirstOrThrow();
    return await act(trx, step, found);
  });
}

/** In the transaction that there is, so that what follows from something else is done with it or not at all. */
async function inTransaction<T>(db: Db, act: (trx: Db) => Promise<T>): Promise<T> {
  return db.isTransaction ? await act(db) : await db.transaction().execute(act);
}

async function lockCase(trx: Db, caseId: string): Promise<CaseRow | undefined> {
  return await trx
    .selectFrom('routineCase')
    .selectAll()
    .where('id', '=', caseId)
    .forUpdate()
    .executeTakeFirst();
}

/** What follows from every change that a person makes: a row in the audit, and whatever shows the case is told. */
export async function followDeed(deps: RoutineDeps, trx: Db, found: CaseRow, deed: Deed): Promise<void> {
  await recordAudit(trx, {
    at: deed.at,
    actorId: deed.actor.id,
    actorName: deed.actor.name,
    action: deed.action,
    objectId: deed.objectId,
    schoolId: found.schoolId,
    conversationId: deed.conversationId,
    details: { pupil: found.pupilId, case: found.id, level: found.level, ...deed.details },
  });
  await deps.onCase(trx, found);
}
