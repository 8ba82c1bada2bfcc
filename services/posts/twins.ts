import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Db } from '../storage/database.ts';
import { type Chat, ChatFailure } from './chat.ts';
import { addTwin } from './delivery-outcome.ts';
import type { PostRow } from './post.ts';

interface TwinDeps {
  readonly db: Db;
  readonly chat: Chat;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Learns from the message that somebody pressed. A post whose first posting stayed in doubt adopts it; any other message
 * than the post's own is a twin, remembered here and deleted by the next delivery.
 */
export async function recognise(
  db: Db,
  post: PostRow,
  messageId: string | undefined,
  at: Temporal.Instant,
): Promise<'own' | 'adopted' | 'twin'> {
  if (messageId === undefined || messageId === post.activityId) return 'own';
  const adopted = await db
    .updateTable('post')
    .set({ activityId: messageId, state: 'posted', postingSince: null, notBefore: null, shownDigest: null })
    .where('id', '=', post.id)
    .where('activityId', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (adopted !== undefined) return 'adopted';
  await addTwin(db, post.id, messageId, at);
  return 'twin';
}

/** Deletes the twins that have shown themselves. One that cannot be deleted now is tried again next time. */
export async function deleteTwins(deps: TwinDeps, signal: AbortSignal): Promise<void> {
  const twins = await deps.db
    .selectFrom('postTwin')
    .innerJoin('post', 'post.id', 'postTwin.postId')
    .innerJoin('conversation', 'conversation.id', 'post.conversationId')
    .select(['postTwin.postId', 'postTwin.activityId'])
    .select(['conversation.id', 'conversation.kind', 'conversation.tenantId', 'conversation.serviceUrl'])
    .where('postTwin.deletedAt', 'is', null)
    .where('conversation.state', '=', 'open')
    .limit(50)
    .execute();
  for (const { postId, activityId, ...address } of twins) {
    if (signal.aborted) return;
    await deleteTwin(deps, postId, activityId, address);
  }
}

async function deleteTwin(
  deps: TwinDeps,
  postId: string,
  activityId: string,
  address: Parameters<Chat['delete']>[0],
): Promise<void> {
  try {
    await deps.chat.delete(address, activityId);
  } catch (error) {
    // A twin does no harm: it stays on the list and is tried again with the next delivery.
    deps.log.debug(
      { code: error instanceof ChatFailure ? error.code : 'unknown', post: postId },
      'A twin was not deleted',
    );
    return;
  }
  await deps.db
    .updateTable('postTwin')
    .set({ deletedAt: deps.clock.now() })
    .where('postId', '=', postId)
    .where('activityId', '=', activityId)
    .execute();
}
