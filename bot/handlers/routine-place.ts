import type { School } from '../../services/config/municipality.ts';
import type { InboundConversation } from '../inbound.ts';
import type { HandlerDeps } from './handler-deps.ts';

/**
 * Whether cases and steps may be shown in a conversation: in somebody's own chat, where nobody reads along, and in the channel
 * of the school's coordinators. An older client shows there what it is answered.
 */
export async function isForRoutine(
  { db }: Pick<HandlerDeps, 'db'>,
  { id }: School,
  conversation: Pick<InboundConversation, 'id' | 'kind'>,
): Promise<boolean> {
  if (conversation.kind === 'personal') return true;
  const bound = await db
    .selectFrom('binding')
    .select('role')
    .where('conversationId', '=', conversation.id)
    .where('schoolId', '=', id)
    .where('role', '=', 'coordinator')
    .executeTakeFirst();
  return bound !== undefined;
}
