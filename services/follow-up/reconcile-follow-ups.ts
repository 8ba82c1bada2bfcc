import type { Temporal } from 'temporal-polyfill';
import type { PupilToday } from '../attendance/today.ts';
import { type AuditEntry, recordAudit, recordAudits } from '../audit/record-audit.ts';
import type { Responsible } from '../people/responsible.ts';
import { batches } from '../storage/batches.ts';
import type { Db } from '../storage/database.ts';
import { writeFollowUp } from './change-follow-up.ts';
import { tellOfCorrection } from './corrections.ts';
import { type ClosedReason, type FollowUpRow, followUpChange, hasBeenTried } from './follow-up.ts';

export interface ReconcileInput {
  readonly schoolId: string;
  readonly day: Temporal.PlainDate;
  readonly now: Temporal.Instant;
  /** When a follow-up opened now is due, by why it is opened. */
  readonly dueAt: (reason: FollowUpRow['reason']) => Temporal.Instant;
  readonly pupils: readonly PupilToday[];
  /** Pupil → mentor group and who answers for the follow-up. */
  readonly placeOf: (pupilId: string) => {
    readonly groupId: string | null;
    readonly responsible: Responsible | undefined;
  };
}

export interface Reconciled {
  readonly opened: number;
  readonly reopened: number;
  readonly closed: number;
  /** Follow-ups that turned out not to be needed after somebody had tried. */
  readonly corrected: number;
}

/** The system itself, as an actor in the audit. */
const SEDD = { actorId: 'sedd' } as const;
/** Each row takes twelve of the parameters that a statement may have. */
const ROWS_AT_ONCE = 500;

/** A pupil of whom nothing has been opened yet. */
interface Opening {
  readonly pupil: PupilToday;
  readonly reason: FollowUpRow['reason'];
}

/**
 * Brings a school's follow-ups of one day in line with the facts: opens, reopens, closes and corrects. Repeating it changes
 * nothing. To be called in a transaction.
 */
export async function reconcileFollowUps(db: Db, input: ReconcileInput): Promise<Reconciled> {
  const existing = await readFollowUps(db, input.schoolId, input.day);
  const byPupil = new Map(existing.map((row) => [row.pupilId, row]));
  const counts = { opened: 0, reopened: 0, closed: 0, corrected: 0 };
  const openings: Opening[] = [];
  // In a fixed order, so that two who do this at once never wait for each other.
  for (const pupil of input.pupils.toSorted((a, b) => (a.pupilId < b.pupilId ? -1 : 1))) {
    const row = byPupil.get(pupil.pupilId);
    const change = followUpChange(row, pupil);
    if (row !== undefined) await followFirstMissed(db, row, pupil);
    if (change.kind === 'open') openings.push({ pupil, reason: change.reason });
    if (row === undefined) continue;
    if (change.kind === 'reopen' && (await reopen(db, input, row))) counts.reopened += 1;
    if (change.kind !== 'close') continue;
    if (await close(db, input, row, change.reason)) counts.closed += 1;
    if (hasBeenTried(row)) counts.corrected += 1;
  }
  return { ...counts, opened: await open(db, input, openings) };
}

/** Locked in the order of their ids: a press on one of them waits, and is judged by what the day has come to. */
async function readFollowUps(db: Db, schoolId: string, day: Temporal.PlainDate): Promise<FollowUpRow[]> {
  return await db
    .selectFrom('followUp')
    .selectAll()
    .where('schoolId', '=', schoolId)
    .where('day', '=', day)
    .orderBy('id')
    .forUpdate()
    .execute();
}

/** Answers how many there are now that were not there before. */
async function open(db: Db, input: ReconcileInput, openings: readonly Opening[]): Promise<number> {
  const reasonOf = new Map(openings.map(({ pupil, reason }) => [pupil.pupilId, reason]));
  let count = 0;
  for (const batch of batches(openings, ROWS_AT_ONCE)) {
    const opened = await db
      .insertInto('followUp')
      .values(batch.map((opening) => openedRow(input, opening)))
      .onConflict((conflict) => conflict.columns(['pupilId', 'day']).doNothing())
      .returning(['id', 'pupilId'])
      .execute();
    await recordAudits(
      db,
      opened.map(({ id, pupilId: pupil }) =>
        auditEntry(input, 'followUp.opened', id, { pupil, reason: reasonOf.get(pupil) }),
      ),
    );
    count += opened.length;
  }
  return count;
}

function openedRow(input: ReconcileInput, { pupil, reason }: Opening) {
  const { groupId, responsible } = input.placeOf(pupil.pupilId);
  const dueAt = input.dueAt(reason);
  return {
    pupilId: pupil.pupilId,
    schoolId: input.schoolId,
    groupId,
    day: input.day,
    reason,
    state: 'open' as const,
    responsibleStaffId: responsible?.staffId ?? null,
    responsibleRole: responsible?.role ?? null,
    openedAt: input.now,
    dueAt,
    firstDueAt: dueAt,
    firstMissedAt: firstMissedOf(pupil),
  };
}

/**
 * Until contact is made, the time to it counts from what the facts say now. The version stays: nobody has done anything, and a
 * card that is a moment old still counts.
 */
async function followFirstMissed(db: Db, row: FollowUpRow, pupil: PupilToday): Promise<void> {
  const firstMissedAt = firstMissedOf(pupil);
  const isSame = row.firstMissedAt?.epochMilliseconds === firstMissedAt?.epochMilliseconds;
  if (isSame || row.state === 'contacted') return;
  await db.updateTable('followUp').set({ firstMissedAt }).where('id', '=', row.id).execute();
}

/** Absence that is reported by now is not counted from. */
function firstMissedOf(pupil: PupilToday): Temporal.Instant | null {
  return pupil.status === 'reported' ? null : (pupil.firstMissedAt ?? null);
}

/** Where contact was made it stays made. True where somebody has to make it after all. */
async function reopen(db: Db, input: ReconcileInput, row: FollowUpRow): Promise<boolean> {
  const isClosed = row.state === 'closed';
  const dueAt = input.dueAt(row.reason);
  await writeFollowUp(db, row, {
    ...(isClosed ? { state: 'open' as const, dueAt, firstDueAt: dueAt } : {}),
    closedAt: null,
    closedReason: null,
    correctedAt: null,
    correctedReason: null,
  });
  if (isClosed) await recordAudit(db, auditEntry(input, 'followUp.reopened', row.id, { pupil: row.pupilId }));
  return isClosed;
}

/** Whoever has already tried is told that it was not needed. True where nobody had reached anybody. */
async function close(
  db: Db,
  input: ReconcileInput,
  row: FollowUpRow,
  reason: ClosedReason,
): Promise<boolean> {
  const { now } = input;
  const isOpen = row.state === 'open';
  const isTried = hasBeenTried(row);
  await writeFollowUp(db, row, {
    ...(isOpen ? { state: 'closed' as const } : {}),
    closedAt: now,
    closedReason: reason,
    ...(isTried ? { correctedAt: now, correctedReason: reason } : {}),
  });
  if (isOpen)
    await recordAudit(db, auditEntry(input, 'followUp.closed', row.id, { pupil: row.pupilId, reason }));
  if (isTried) await tellOfCorrection(db, row, reason, now);
  return isOpen;
}

function auditEntry(input: ReconcileInput, action: string, objectId: string, details: object): AuditEntry {
  return { at: input.now, ...SEDD, action, objectId, schoolId: input.schoolId, details };
}
