import type { Temporal } from 'temporal-polyfill';
import { recordAudit } from '../audit/record-audit.ts';
import type { Clock } from '../clock.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Db } from '../storage/database.ts';
import type { FollowUpRow } from './follow-up.ts';
import { type ContactRow, standingOf } from './standing.ts';

export interface FollowUpDeps {
  readonly db: Db;
  readonly jobs: Pick<Jobs, 'enqueue'>;
  readonly clock: Clock;
  /** Called in the same transaction, so that whatever shows the follow-up is brought up to date. */
  readonly onChange: (db: Db, followUp: FollowUpRow) => Promise<void>;
}

/** Who does something to a follow-up, and from where. */
export interface Doer {
  readonly actor: { readonly id: string; readonly name: string; readonly staffId: string | undefined };
  readonly conversationId: string;
}

export interface FollowUpKey {
  readonly followUpId: string;
}

/**
 * Does something to one follow-up while nobody else can: the row is locked until the transaction ends, so that presses that
 * come in the same second are judged one after the other.
 */
export async function withFollowUp<T>(
  deps: FollowUpDeps,
  key: FollowUpKey,
  act: (trx: Db, followUp: FollowUpRow) => Promise<T>,
): Promise<T | undefined> {
  return await deps.db.transaction().execute(async (trx) => {
    const followUp = await trx
      .selectFrom('followUp')
      .selectAll()
      .where('id', '=', key.followUpId)
      .forUpdate()
      .executeTakeFirst();
    return followUp === undefined ? undefined : await act(trx, followUp);
  });
}

/** Every try that was made for a follow-up, undone ones among them, in order. */
export async function readContacts(db: Db, followUpId: string): Promise<readonly ContactRow[]> {
  return await db
    .selectFrom('contact')
    .selectAll()
    .where('followUpId', '=', followUpId)
    .orderBy('baseVersion')
    .execute();
}

/** Brings a locked follow-up in line with its contacts, raises its version, and has every card of it follow. */
export async function settle(
  deps: FollowUpDeps,
  trx: Db,
  { followUp, contacts }: { readonly followUp: FollowUpRow; readonly contacts: readonly ContactRow[] },
  done: Doer & { readonly action: string; readonly at: Temporal.Instant; readonly details: object },
): Promise<FollowUpRow> {
  const settled = await writeFollowUp(trx, followUp, standingOf(followUp, contacts));
  await followChange(deps, trx, settled, done);
  return settled;
}

/** Writes a change of a locked follow-up, and raises its version. */
export async function writeFollowUp(
  trx: Db,
  followUp: FollowUpRow,
  change: Partial<Omit<FollowUpRow, 'id' | 'version'>>,
): Promise<FollowUpRow> {
  return await trx
    .updateTable('followUp')
    .set({ ...change, version: followUp.version + 1 })
    .where('id', '=', followUp.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** What follows from every change that a person makes: a row in the audit, and cards to bring up to date. */
export async function followChange(
  deps: FollowUpDeps,
  trx: Db,
  followUp: FollowUpRow,
  done: Doer & { readonly action: string; readonly at: Temporal.Instant; readonly details: object },
): Promise<void> {
  await recordAudit(trx, {
    at: done.at,
    actorId: done.actor.id,
    actorName: done.actor.name,
    action: done.action,
    objectId: followUp.id,
    schoolId: followUp.schoolId,
    conversationId: done.conversationId,
    details: { pupil: followUp.pupilId, ...done.details },
  });
  await deps.onChange(trx, followUp);
  await deps.jobs.enqueue(trx, 'deliver', {});
}
