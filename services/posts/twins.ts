import { type Insertable, sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';
import type { PostTwinTable } from '../storage/tables/posts.ts';
import type { PostRow } from './post.ts';

/**
 * Learns from the message that somebody pressed. A post whose first posting stayed in doubt adopts it, and brings it up to
 * date; any other message than a post's own is a twin, remembered here and deleted by the next delivery.
 */
export async function recognise(
  db: Db,
  post: PostRow,
  messageId: string | undefined,
  at: Temporal.Instant,
): Promise<'own' | 'adopted' | 'twin'> {
  if (messageId === undefined || messageId === post.activityId) return 'own';
  if (await isSomePosts(db, post.conversationId, messageId)) return 'own';
  if (await adopt(db, post, messageId)) return 'adopted';
  return (await addTwin(db, post, messageId, at)) ? 'twin' : 'own';
}

async function adopt(db: Db, post: PostRow, messageId: string): Promise<boolean> {
  const adopted = await db
    .updateTable('post')
    .set((eb) => ({
      activityId: messageId,
      state: 'posted' as const,
      wantedVersion: eb('wantedVersion', '+', 1),
      shownDigest: null,
      isUrgent: true,
      postingSince: null,
      attempts: 0,
      notBefore: null,
    }))
    .where('id', '=', post.id)
    .where('activityId', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return adopted !== undefined;
}

/**
 * Remembers a copy that is not the post's message, to be deleted; or that is gone already (`deletedAt`). False where the
 * message is no copy but some post's own.
 */
export async function addTwin(
  db: Db,
  { id: postId, conversationId }: Pick<PostRow, 'id' | 'conversationId'>,
  activityId: string,
  foundAt: Temporal.Instant,
  deletedAt: Temporal.Instant | null = null,
): Promise<boolean> {
  // The posting may have been recorded since the post was read: then it is no twin.
  if (await isSomePosts(db, conversationId, activityId)) return false;
  const isNew = await insertTwin(db, { postId, activityId, foundAt, deletedAt });
  if (isNew && deletedAt === null) await settleSuspicion(db, postId);
  if (!isNew) await findAgain(db, postId, activityId, foundAt);
  return true;
}

async function isSomePosts(db: Db, conversationId: string, activityId: string): Promise<boolean> {
  const post = await db
    .selectFrom('post')
    .select('id')
    .where('conversationId', '=', conversationId)
    .where('activityId', '=', activityId)
    .executeTakeFirst();
  return post !== undefined;
}

async function insertTwin(db: Db, twin: Insertable<PostTwinTable>): Promise<boolean> {
  const row = await db
    .insertInto('postTwin')
    .values(twin)
    .onConflict((conflict) => conflict.doNothing())
    .returning('postId')
    .executeTakeFirst();
  return row !== undefined;
}

/** A twin that shows itself again, because it could not be deleted, is tried again. */
async function findAgain(db: Db, postId: string, activityId: string, at: Temporal.Instant): Promise<void> {
  await db
    .updateTable('postTwin')
    .set({ foundAt: at })
    .where('postId', '=', postId)
    .where('activityId', '=', activityId)
    .where('deletedAt', 'is', null)
    .execute();
}

/** What was suspected has been found. */
async function settleSuspicion(db: Db, postId: string): Promise<void> {
  await db
    .updateTable('post')
    .set({ suspectedTwins: sql<number>`greatest(suspected_twins - 1, 0)` })
    .where('id', '=', postId)
    .execute();
}
