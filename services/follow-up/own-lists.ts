import type { Temporal } from 'temporal-polyfill';
import type { PostKey } from '../posts/post.ts';
import { wantPosts } from '../posts/post-store.ts';
import type { Db } from '../storage/database.ts';
import { OWN_LIST, ownListSubject } from './follow-up-posts.ts';

/** Wants a list of their own pupils in the chat of everybody on the staff who is a contact person at the school, and brings it up to date. */
export async function wantOwnLists(
  db: Db,
  { schoolId, day }: { readonly schoolId: string; readonly day: Temporal.PlainDate },
  at: Temporal.Instant,
): Promise<void> {
  const rows = await db
    .selectFrom('contactPerson')
    .innerJoin('staff', 'staff.id', 'contactPerson.staffId')
    .innerJoin('teamsUser', 'teamsUser.staffId', 'contactPerson.staffId')
    .innerJoin('conversation', 'conversation.id', 'teamsUser.personalConversationId')
    .select(['contactPerson.staffId', 'conversation.id as conversationId'])
    .distinct()
    .where('contactPerson.schoolId', '=', schoolId)
    .where('contactPerson.endedAt', 'is', null)
    .where('staff.removedAt', 'is', null)
    .execute();
  const keys = rows.map(
    ({ staffId, conversationId }): PostKey => ({
      purpose: OWN_LIST,
      subject: ownListSubject(staffId, day),
      conversationId,
      schoolId,
      day,
    }),
  );
  await wantPosts(db, keys, at);
}
