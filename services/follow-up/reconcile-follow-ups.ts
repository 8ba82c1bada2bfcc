import type { Temporal } from 'temporal-polyfill';
import type { PupilToday } from '../attendance/today.ts';
import { recordAudit } from '../audit/record-audit.ts';
import type { Db } from '../storage/database.ts';
import { type FollowUpRow, followUpChange } from './follow-up.ts';

export interface ReconcileInput {
  readonly schoolId: string;
  readonly day: Temporal.PlainDate;
  readonly now: Temporal.Instant;
  /** When a follow-up opened now is due. */
  readonly dueAt: Temporal.Instant;
  readonly pupils: readonly PupilToday[];
  /** Pupil → mentor group and who answers for the follow-up. */
  readonly placeOf: (pupilId: string) => { readonly groupId: string | null; readonly staffId: string | null };
}

export interface Reconciled {
  readonly opened: number;
  readonly reopened: number;
  readonly closed: number;
}

/** The system itself, as an actor in the audit. */
const SEDD = { actorId: 'sedd' } as const;

/**
 * Brings a school's follow-ups of one day in line with the facts: opens, reopens and closes. Repeating it changes
 * nothing. To be called in a transaction.
 */
export async function reconcileFollowUps(db: Db, input: ReconcileInput): Promise<Reconciled> {
  const existing = await readFollowUps(db, input.schoolId, input.day);
  const byPupil = new Map(existing.map((row) => [row.pupilId, row]));
  const counts = { opened: 0, reopened: 0, closed: 0 };
  // In a fixed order, so that two who do this at once never wait for each other.
  for (const pupil of input.pupils.toSorted((a, b) => (a.pupilId < b.pupilId ? -1 : 1))) {
    const row = byPupil.get(pupil.pupilId);
    const change = followUpChange(row, pupil);
    if (change.kind === 'open' && (await open(db, input, pupil.pupilId, change.reason))) counts.opened += 1;
    if (change.kind === 'reopen' && row !== undefined && (await reopen(db, input, row))) counts.reopened += 1;
    if (change.kind === 'close' && row !== undefined && (await close(db, input, row, change.reason)))
      counts.closed += 1;
  }
  return counts;
}

async function readFollowUps(db: Db, schoolId: string, day: Temporal.PlainDate): Promise<FollowUpRow[]> {
  return await db
    .selectFrom('followUp')
    .selectAll()
    .where('schoolId', '=', schoolId)
    .where('day', '=', day)
    .execute();
}

async function open(
  db: Db,
  input: ReconcileInput,
  pupilId: string,
  reason: FollowUpRow['reason'],
): Promise<boolean> {
  const place = input.placeOf(pupilId);
  const opened = await db
    .insertInto('followUp')
    .values({
      pupilId,
      schoolId: input.schoolId,
      groupId: place.groupId,
      day: input.day,
      reason,
      state: 'open',
      responsibleStaffId: place.staffId,
      openedAt: input.now,
      dueAt: input.dueAt,
      contactedAt: null,
      contactedById: null,
      contactedByName: null,
      closedAt: null,
      closedReason: null,
    })
    .onConflict((conflict) => conflict.columns(['pupilId', 'day']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (opened === undefined) return false;
  await audit(db, input, 'followUp.opened', opened.id, { reason });
  return true;
}

async function reopen(db: Db, input: ReconcileInput, row: FollowUpRow): Promise<boolean> {
  const change = { state: 'open' as const, dueAt: input.dueAt, closedAt: null, closedReason: null };
  if (!(await changeState(db, row, 'closed', change))) return false;
  await audit(db, input, 'followUp.reopened', row.id, {});
  return true;
}

async function close(db: Db, input: ReconcileInput, row: FollowUpRow, reason: string): Promise<boolean> {
  const change = { state: 'closed' as const, closedAt: input.now, closedReason: reason };
  if (!(await changeState(db, row, 'open', change))) return false;
  await audit(db, input, 'followUp.closed', row.id, { reason });
  return true;
}

/** A press may come between our reading and our writing: the state is part of the condition. */
async function changeState(
  db: Db,
  row: FollowUpRow,
  from: FollowUpRow['state'],
  change: Partial<Pick<FollowUpRow, 'state' | 'dueAt' | 'closedAt' | 'closedReason'>>,
): Promise<boolean> {
  const changed = await db
    .updateTable('followUp')
    .set((eb) => ({ ...change, version: eb('version', '+', 1) }))
    .where('id', '=', row.id)
    .where('state', '=', from)
    .returning('id')
    .executeTakeFirst();
  return changed !== undefined;
}

async function audit(
  db: Db,
  input: ReconcileInput,
  action: string,
  objectId: string,
  details: object,
): Promise<void> {
  await recordAudit(db, { at: input.now, ...SEDD, action, objectId, schoolId: input.schoolId, details });
}
