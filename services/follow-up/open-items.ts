import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';
import type { FollowUpRow } from './follow-up.ts';
import type { LadderItem } from './ladder.ts';

/** An open follow-up as the ladder sees it. */
export interface OpenItem extends LadderItem {
  readonly groupId: string | undefined;
  readonly isProtected: boolean;
}

type Stored = readonly [
  schoolId: string,
  id: string,
  reason: FollowUpRow['reason'],
  dueAt: string,
  firstDueAt: string | null,
  attempts: number,
  responsibleStaffId: string | null,
  groupId: string | null,
  isProtected: boolean,
  isUnreported: boolean,
  taken: readonly string[] | null,
];

/**
 * Every open follow-up of a day, by school. They come as one JSON text: ten thousand rows of their own take the embedded
 * database several times as long, and this is asked every minute. What belongs to each is looked up one by one: as a join, and
 * before the tables have been analysed, all of it would be gone through for each.
 */
export async function readOpenItems(
  db: Db,
  day: Temporal.PlainDate,
): Promise<ReadonlyMap<string, readonly OpenItem[]>> {
  const { rows } = await sql<{ items: readonly Stored[] | null }>`
    select json_agg(json_build_array(open.school_id, open.id, open.reason, open.due_at, open.first_due_at, open.attempts,
      open.responsible_staff_id, open.group_id,
      coalesce((select pupil.is_protected from pupil where pupil.id = open.pupil_id), true),
      open.first_missed_at is not null,
      (select json_agg(reminder.rung) from reminder where reminder.follow_up_id = open.id))) as items
    from follow_up as open
    where open.day = ${day} and open.state = 'open'`.execute(db);
  const bySchool = new Map<string, OpenItem[]>();
  for (const stored of rows[0]?.items ?? []) {
    const own = bySchool.get(stored[0]);
    if (own === undefined) bySchool.set(stored[0], [itemOf(stored)]);
    else own.push(itemOf(stored));
  }
  return bySchool;
}

function itemOf(stored: Stored): OpenItem {
  const [, id, reason, dueAt, firstDueAt, attempts, responsibleStaffId, groupId, ...known] = stored;
  const [isProtected, isUnreported, taken] = known;
  return {
    id,
    reason,
    dueAt: Temporal.Instant.from(dueAt),
    firstDueAt: firstDueAt === null ? null : Temporal.Instant.from(firstDueAt),
    attempts,
    responsibleStaffId,
    groupId: groupId ?? undefined,
    isProtected,
    isUnreported,
    taken: new Set(taken ?? []),
  };
}
