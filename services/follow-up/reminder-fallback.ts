import type { Selectable } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import { recordAudit } from '../audit/record-audit.ts';
import type { PostRow } from '../posts/post.ts';
import { wantPosts } from '../posts/post-store.ts';
import type { Db } from '../storage/database.ts';
import type { ReminderBatchTable } from '../storage/tables/reminders.ts';
import { REMINDER } from './follow-up-posts.ts';
import { type Target, targetOfCoordinators, threadOfGroup } from './targets.ts';

/**
 * A reminder that did not reach somebody's own chat is posted under the group's card instead, mentioning them, or to the
 * coordinators where there is no card. Once: a reminder that reaches nobody there either stands among what was not delivered.
 * To be called in the transaction that records the delivery; repeatable.
 */
export async function onReminderDelivery(db: Db, post: PostRow, at: Temporal.Instant): Promise<void> {
  if (post.purpose !== REMINDER) return;
  const failed = await db
    .selectFrom('post')
    .innerJoin('reminderBatch', 'reminderBatch.id', 'post.subject')
    .innerJoin('conversation', 'conversation.id', 'post.conversationId')
    .selectAll('reminderBatch')
    .where('post.id', '=', post.id)
    .where('post.state', '=', 'undelivered')
    .where('post.activityId', 'is', null)
    .where('conversation.kind', '=', 'personal')
    .where('reminderBatch.fallbackOf', 'is', null)
    .executeTakeFirst();
  if (failed === undefined) return;
  let before = failed.id;
  for (const { target, followUpIds } of await instead(db, failed)) {
    const batchId = await insertBatch(db, failed, before, target);
    if (batchId === undefined) return;
    await move(db, failed, { batchId, target, followUpIds }, at);
    before = batchId;
  }
}

async function move(
  db: Db,
  failed: Failed,
  { batchId, target, followUpIds }: Instead & { readonly batchId: string },
  at: Temporal.Instant,
): Promise<void> {
  const moved = await db
    .updateTable('reminder')
    .set({ batchId })
    .where('batchId', '=', failed.id)
    .where('followUpId', 'in', followUpIds)
    .returning(['followUpId', 'rung'])
    .execute();
  const { schoolId, day } = failed;
  const { conversationId, threadId } = target;
  await wantPosts(db, [{ purpose: REMINDER, subject: batchId, conversationId, threadId, schoolId, day }], at);
  await recordAudit(db, {
    at,
    actorId: 'sedd',
    action: 'reminder.sentInstead',
    objectId: batchId,
    schoolId,
    conversationId,
    details: { instead: failed.id, staff: failed.staffId, followUps: moved },
  });
}

type Failed = Readonly<Selectable<ReminderBatchTable>>;

/** Each stands in for the one before it, the first for the one that failed: so that none is made twice. */
async function insertBatch(
  db: Db,
  failed: Failed,
  fallbackOf: string,
  { conversationId, kind }: Target,
): Promise<string | undefined> {
  const { schoolId, day, rung, at } = failed;
  const batch = await db
    .insertInto('reminderBatch')
    .values({
      schoolId,
      day,
      rung,
      staffId: kind === 'coordinator' ? null : failed.staffId,
      conversationId,
      fallbackOf,
      at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return batch?.id;
}

interface Instead {
  readonly target: Target;
  readonly followUpIds: string[];
}

/** Under each group's card its own pupils and no others: who reads along there need not know of the rest. */
async function instead(db: Db, { id, schoolId, day }: Failed): Promise<readonly Instead[]> {
  const reminders = await db
    .selectFrom('reminder')
    .innerJoin('followUp', 'followUp.id', 'reminder.followUpId')
    .select(['reminder.followUpId', 'followUp.groupId'])
    .where('reminder.batchId', '=', id)
    .orderBy('followUp.groupId')
    .orderBy('reminder.followUpId')
    .execute();
  const found = new Map<string, Instead>();
  for (const { followUpId, groupId } of reminders) {
    const query = { schoolId, day, groupId: groupId ?? undefined };
    const target = (await threadOfGroup(db, query)) ?? (await targetOfCoordinators(db, schoolId));
    if (target === undefined) continue;
    const key = JSON.stringify([target.conversationId, target.threadId]);
    const own = found.get(key) ?? { target, followUpIds: [] };
    found.set(key, own);
    own.followUpIds.push(followUpId);
  }
  return [...found.values()];
}
