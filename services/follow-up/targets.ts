import type { Temporal } from 'temporal-polyfill';
import { personalConversation } from '../people/teams-users.ts';
import type { Db } from '../storage/database.ts';

/** Where a message to a person or to the coordinators goes; `threadId` where it is a reply under a card. */
export interface Target {
  readonly conversationId: string;
  readonly threadId: string | undefined;
  readonly kind: 'personal' | 'thread' | 'coordinator';
}

export interface TargetQuery {
  readonly schoolId: string;
  readonly day: Temporal.PlainDate;
  /** The mentor group under whose card somebody is reached who has no chat with Sedd. */
  readonly groupId: string | undefined;
}

/** How a person is reached: in their own chat; otherwise under the group's card; otherwise through the coordinators. */
export async function targetOfStaff(
  db: Db,
  staffId: string,
  query: TargetQuery,
): Promise<Target | undefined> {
  const own = await personalConversation(db, staffId);
  if (own !== undefined) return { conversationId: own, threadId: undefined, kind: 'personal' };
  return (await threadOfGroup(db, query)) ?? (await targetOfCoordinators(db, query.schoolId));
}

/** The thread of the group's card of the day, where the card is there. */
export async function threadOfGroup(
  db: Db,
  { schoolId, day, groupId }: TargetQuery,
): Promise<Target | undefined> {
  if (groupId === undefined) return undefined;
  const card = await db
    .selectFrom('post')
    .innerJoin('conversation', 'conversation.id', 'post.conversationId')
    .select(['post.conversationId', 'post.activityId'])
    .where('post.purpose', '=', 'morning')
    .where('post.subject', '=', `${groupId}/${day}`)
    .where('post.schoolId', '=', schoolId)
    .where('post.activityId', 'is not', null)
    .where('conversation.state', '=', 'open')
    .executeTakeFirst();
  if (card?.activityId === null || card === undefined) return undefined;
  return { conversationId: card.conversationId, threadId: card.activityId, kind: 'thread' };
}

/** The coordinator's channel; undefined where none is bound, or where it cannot be reached. */
export async function targetOfCoordinators(db: Db, schoolId: string): Promise<Target | undefined> {
  const bound = await db
    .selectFrom('binding')
    .innerJoin('conversation', 'conversation.id', 'binding.conversationId')
    .select('binding.conversationId')
    .where('binding.schoolId', '=', schoolId)
    .where('binding.role', '=', 'coordinator')
    .where('conversation.state', '=', 'open')
    .orderBy('binding.conversationId')
    .executeTakeFirst();
  if (bound === undefined) return undefined;
  return { conversationId: bound.conversationId, threadId: undefined, kind: 'coordinator' };
}
