import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';
import type { ChatAddress } from './chat.ts';
import { type Deleted, type DeletionDeps, deleteMessage } from './delete-message.ts';
import type { TakeTurn } from './turns.ts';

interface Twin {
  readonly postId: string;
  readonly activityId: string;
  readonly address: ChatAddress;
}

/** For so long after it showed itself a twin is tried to be deleted; one that resists is left, and stays counted. */
const TRIED_FOR_HOURS = 1;
const MOST_TWINS = 50;

/**
 * Deletes the twins that have shown themselves. Answers whether some are left for the next time: where Teams does not answer,
 * the others are not tried, so that no card waits for them.
 */
export async function deleteTwins(deps: DeletionDeps, takeTurn: TakeTurn): Promise<boolean> {
  const twins = await readTwins(deps.db, deps.clock.now());
  let left = 0;
  for (const twin of twins) {
    if (!(await takeTurn(twin.address.id, false))) return true;
    const deleted = await deleteTwin(deps, twin);
    if (deleted === 'noAnswer') return true;
    if (deleted === 'refused') left += 1;
  }
  return left > 0 || twins.length === MOST_TWINS;
}

/** Never a message that is, after all, a post's own. */
async function readTwins(db: Db, now: Temporal.Instant): Promise<readonly Twin[]> {
  const rows = await db
    .selectFrom('postTwin')
    .innerJoin('post', 'post.id', 'postTwin.postId')
    .innerJoin('conversation', 'conversation.id', 'post.conversationId')
    .select(['postTwin.postId', 'postTwin.activityId'])
    .select(['conversation.id', 'conversation.kind', 'conversation.tenantId', 'conversation.serviceUrl'])
    .where('postTwin.deletedAt', 'is', null)
    .where('postTwin.foundAt', '>', now.subtract({ hours: TRIED_FOR_HOURS }))
    .where('conversation.state', '=', 'open')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('post as own')
            .select('own.id')
            .whereRef('own.conversationId', '=', 'conversation.id')
            .whereRef('own.activityId', '=', 'postTwin.activityId'),
        ),
      ),
    )
    .orderBy('postTwin.foundAt')
    .orderBy('postTwin.activityId')
    .limit(MOST_TWINS)
    .execute();
  return rows.map(({ postId, activityId, ...address }) => ({ postId, activityId, address }));
}

async function deleteTwin(deps: DeletionDeps, twin: Twin): Promise<Deleted['kind']> {
  const { postId, activityId } = twin;
  const deleted = await deleteMessage(deps.chat, twin);
  if (deleted.kind !== 'deleted') {
    // A twin does no harm: it stays on the list and is tried again.
    deps.log.debug({ code: deleted.code, post: postId }, 'A twin was not deleted');
    return deleted.kind;
  }
  await deps.db
    .updateTable('postTwin')
    .set({ deletedAt: deps.clock.now() })
    .where('postId', '=', postId)
    .where('activityId', '=', activityId)
    .execute();
  return 'deleted';
}
