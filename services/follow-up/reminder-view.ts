import type { Temporal } from 'temporal-polyfill';
import type { School } from '../config/municipality.ts';
import type { Db } from '../storage/database.ts';
import type { FollowUpLine } from './follow-up-line.ts';
import { countProtectedOpen, followUpRows, namedLines } from './named-follow-ups.ts';

/** One message that reminds: whom, of what, and how it stands now. */
export interface ReminderView {
  readonly batchId: string;
  readonly schoolName: string;
  readonly day: Temporal.PlainDate;
  /** Without the number of the try. */
  readonly rung: 'due' | 'again' | 'escalated' | 'lastCheck' | 'asked';
  readonly at: Temporal.Instant;
  /** Whom it reminds; undefined where it tells the coordinators. `teamsId` where they can be mentioned. */
  readonly person: { readonly name: string; readonly teamsId: string | undefined } | undefined;
  readonly isInThread: boolean;
  /** It reminds a colleague instead of whoever answers for the pupils. */
  readonly isInstead: boolean;
  /** Those still open first, then by group and name. */
  readonly pupils: readonly ReminderLine[];
  /** Protected pupils: a number and nothing else. */
  readonly protectedOpen: number;
}

export interface ReminderLine {
  readonly name: string;
  readonly groupName: string;
  readonly isLongTerm: boolean;
  readonly responsibleName: string | undefined;
  readonly responsibleStaffId: string | undefined;
  readonly followUp: FollowUpLine;
}

/** Undefined where there is no such batch. */
export async function readReminderView(
  { db }: { readonly db: Db },
  school: School,
  batchId: string,
): Promise<ReminderView | undefined> {
  const batch = await readBatch(db, batchId);
  if (batch === undefined) return undefined;
  const rows = await readRows(db, batchId);
  const pupils = namedLines(rows, school);
  return {
    batchId,
    schoolName: school.name,
    day: batch.day,
    rung: rungOf(batch.rung),
    at: batch.at,
    person:
      batch.staffId === null ? undefined : { name: batch.staffName, teamsId: batch.teamsId ?? undefined },
    isInThread: batch.threadId !== null,
    isInstead: batch.staffId !== null && pupils.every(({ responsibleStaffId: own }) => own !== batch.staffId),
    pupils,
    protectedOpen: countProtectedOpen(rows),
  };
}

function rungOf(rung: string): ReminderView['rung'] {
  const [kind] = rung.split(':');
  return kind === 'again' || kind === 'escalated' || kind === 'lastCheck' || kind === 'asked' ? kind : 'due';
}

async function readBatch(db: Db, batchId: string) {
  const row = await db
    .selectFrom('reminderBatch')
    .leftJoin('staff', 'staff.id', 'reminderBatch.staffId')
    .leftJoin('post', (join) =>
      join.onRef('post.subject', '=', 'reminderBatch.id').on('post.purpose', '=', 'reminder'),
    )
    .selectAll('reminderBatch')
    .select(['staff.givenName', 'staff.familyName', 'post.threadId'])
    .where('reminderBatch.id', '=', batchId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const user =
    row.staffId === null
      ? undefined
      : await db
          .selectFrom('teamsUser')
          .select(['teamsId', 'name'])
          .where('staffId', '=', row.staffId)
          .orderBy('seenAt', 'desc')
          .executeTakeFirst();
  return {
    ...row,
    staffName: [row.givenName, row.familyName].filter(Boolean).join(' ') || (user?.name ?? ''),
    teamsId: user?.teamsId,
  };
}

async function readRows(db: Db, batchId: string) {
  const ids = db.selectFrom('reminder').select('followUpId').where('batchId', '=', batchId);
  return await followUpRows(db).where('followUp.id', 'in', ids).execute();
}
