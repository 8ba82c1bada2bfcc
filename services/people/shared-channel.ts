import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';
import type { Towards } from './held-role.ts';

/**
 * Whether the day's cards in the conversation show the pupil's group, and one is a mentor of a group that they show. Where the
 * student system names no mentors for any of them, anybody on the staff who is there helps: nobody else would.
 *
 * The pupil is a member of one of the groups now, or was when the follow-up began: a card goes on showing whoever has changed
 * groups since.
 */
export async function sharesChannel(
  db: Db,
  staffId: string,
  { pupilId, school, conversationId, day }: Towards,
): Promise<boolean> {
  if (pupilId === undefined) return false;
  const { rows } = await sql<{ isShown: boolean; isMentor: boolean | null }>`
    with shown as (${groupsShown({ schoolId: school.id, conversationId, day })})
    select exists (
        select from group_member where pupil_id = ${pupilId} and group_id in (select group_id from shown)
        union all
        select from follow_up where pupil_id = ${pupilId} and day = ${day} and group_id in (select group_id from shown)
      ) as is_shown, (
        select bool_or(staff.id = ${staffId})
        from group_mentor join staff on staff.id = group_mentor.staff_id and staff.removed_at is null
        where group_mentor.group_id in (select group_id from shown)
      ) as is_mentor`.execute(db);
  const [found] = rows;
  return found?.isShown === true && found.isMentor !== false;
}

/** The mentor groups whose cards of a day stand in a conversation, as `group_id`. */
export function groupsShown(of: {
  readonly schoolId: string;
  readonly conversationId: string;
  readonly day: Temporal.PlainDate;
}) {
  return sql`
    select regexp_replace(subject, '/[^/]*$', '') as group_id from post
    where conversation_id = ${of.conversationId} and school_id = ${of.schoolId} and day = ${of.day}
      and purpose = 'morning'`;
}
