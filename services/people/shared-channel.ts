import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';
import type { Request } from './held-role.ts';

/**
 * Whether the day's cards in the conversation show the pupil's group, and one is a mentor of a group that they show. Where the
 * student system names no mentors for any of them, anybody on the staff who is there helps: nobody else would.
 */
export async function sharesChannel(
  db: Db,
  staffId: string,
  { pupilId, school, conversationId, day }: Request,
): Promise<boolean> {
  if (pupilId === undefined) return false;
  const groupIds = await groupsShown(db, { schoolId: school.id, conversationId, day });
  if (groupIds.length === 0 || !(await isShown(db, pupilId, day, groupIds))) return false;
  const mentors = await db
    .selectFrom('groupMentor')
    .innerJoin('staff', 'staff.id', 'groupMentor.staffId')
    .select('groupMentor.staffId')
    .where('groupMentor.groupId', 'in', groupIds)
    .where('staff.removedAt', 'is', null)
    .execute();
  return mentors.length === 0 || mentors.some((mentor) => mentor.staffId === staffId);
}

/** The mentor groups whose cards of a day stand in a conversation. */
export async function groupsShown(
  db: Db,
  of: { readonly schoolId: string; readonly conversationId: string; readonly day: Temporal.PlainDate },
): Promise<readonly string[]> {
  const posts = await db
    .selectFrom('post')
    .select('subject')
    .where('conversationId', '=', of.conversationId)
    .where('schoolId', '=', of.schoolId)
    .where('purpose', '=', 'morning')
    .where('day', '=', of.day)
    .execute();
  return posts.map(({ subject }) => subject.slice(0, subject.lastIndexOf('/')));
}

/** A member of one of the groups, now or when the follow-up began: a card goes on showing whoever has changed groups since. */
async function isShown(
  db: Db,
  pupilId: string,
  day: Temporal.PlainDate,
  groupIds: readonly string[],
): Promise<boolean> {
  const member = await db
    .selectFrom('groupMember')
    .select('groupId')
    .where('pupilId', '=', pupilId)
    .where('groupId', 'in', groupIds)
    .executeTakeFirst();
  if (member !== undefined) return true;
  const began = await db
    .selectFrom('followUp')
    .select('groupId')
    .where('pupilId', '=', pupilId)
    .where('day', '=', day)
    .where('groupId', 'in', groupIds)
    .executeTakeFirst();
  return began !== undefined;
}
