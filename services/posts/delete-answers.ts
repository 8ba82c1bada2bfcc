import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';
import type { ChatAddress } from './chat.ts';
import { type Deleted, type DeletionDeps, deleteMessage } from './delete-message.ts';
import type { TakeTurn } from './turns.ts';

interface Recalled {
  readonly activityId: string;
  readonly address: ChatAddress;
}

/** For so long an answer is tried to be deleted. */
const TRIED_FOR_HOURS = 24;
const MOST_AT_ONCE = 50;

/**
 * Deletes the answers that are to be taken back. Answers whether some are left for the next time: where Teams does not
 * answer, the others are not tried, so that no card waits for them.
 */
export async function deleteAnswers(deps: DeletionDeps, takeTurn: TakeTurn): Promise<boolean> {
  const recalled = await readRecalled(deps.db, deps.clock.now());
  let left = 0;
  for (const answer of recalled) {
    if (!(await takeTurn(answer.address.id, true))) return true;
    const deleted = await deleteAnswer(deps, answer);
    if (deleted === 'noAnswer') return true;
    if (deleted === 'refused') left += 1;
  }
  return left > 0 || recalled.length === MOST_AT_ONCE;
}

async function readRecalled(db: Db, now: Temporal.Instant): Promise<readonly Recalled[]> {
  const rows = await db
    .selectFrom('answer')
    .innerJoin('conversation', 'conversation.id', 'answer.conversationId')
    .select(['answer.activityId', 'answer.threadId'])
    .select(['conversation.id', 'conversation.kind', 'conversation.tenantId', 'conversation.serviceUrl'])
    .where('answer.recalledAt', '>', now.subtract({ hours: TRIED_FOR_HOURS }))
    .where('conversation.state', '=', 'open')
    .distinct()
    .orderBy('answer.activityId')
    .limit(MOST_AT_ONCE)
    .execute();
  return rows.map(({ activityId, threadId, ...address }) => ({
    activityId,
    address: { ...address, threadId: threadId ?? undefined },
  }));
}

async function deleteAnswer(deps: DeletionDeps, answer: Recalled): Promise<Deleted['kind']> {
  const { activityId, address } = answer;
  const deleted = await deleteMessage(deps.chat, answer);
  if (deleted.kind !== 'deleted') {
    deps.log.warn(
      { code: deleted.code, conversation: address.id },
      'An answer that names a pupil who is protected now could not be deleted yet',
    );
    return deleted.kind;
  }
  await deps.db
    .deleteFrom('answer')
    .where('conversationId', '=', address.id)
    .where('activityId', '=', activityId)
    .execute();
  return 'deleted';
}
