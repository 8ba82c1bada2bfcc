import type { Temporal } from 'temporal-polyfill';
import { recordAudit } from '../audit/record-audit.ts';
import type { PostRow } from '../posts/post.ts';
import { wantPosts } from '../posts/post-store.ts';
import type { Db } from '../storage/database.ts';
import { STEPS } from './step-posts.ts';
import { targetOfChannel } from './step-targets.ts';

/**
 * A message of steps that did not reach somebody's own chat goes to the coordinators instead, once. To be called in the
 * transaction that records the delivery; repeatable.
 */
export async function onStepsDelivery(db: Db, post: PostRow, at: Temporal.Instant): Promise<void> {
  if (post.purpose !== STEPS) return;
  const failed = await db
    .selectFrom('post')
    .innerJoin('stepBatch', 'stepBatch.id', 'post.subject')
    .innerJoin('conversation', 'conversation.id', 'post.conversationId')
    .selectAll('stepBatch')
    .where('post.id', '=', post.id)
    .where('post.state', '=', 'undelivered')
    .where('post.activityId', 'is', null)
    .where('conversation.kind', '=', 'personal')
    .executeTakeFirst();
  if (failed === undefined) return;
  const { id: fallbackOf, schoolId, day, rung } = failed;
  const target = await targetOfChannel(db, schoolId);
  if (target === undefined) return;
  const batch = await db
    .insertInto('stepBatch')
    .values({ schoolId, day, rung, ...target, fallbackOf, at: failed.at })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (batch === undefined) return;
  const { conversationId } = target;
  await db.updateTable('stepRung').set({ batchId: batch.id }).where('batchId', '=', fallbackOf).execute();
  await wantPosts(db, [{ purpose: STEPS, subject: batch.id, conversationId, schoolId, day }], at);
  await recordAudit(db, {
    at,
    actorId: 'sedd',
    action: 'routine.stepsToldInstead',
    objectId: batch.id,
    schoolId,
    conversationId,
    details: { instead: fallbackOf, staff: failed.staffId ?? failed.address },
  });
}
