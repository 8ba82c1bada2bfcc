import { rememberConversation } from '../../services/posts/conversations.ts';
import type { InboundConversation } from '../inbound.ts';
import type { HandlerDeps } from './handler-deps.ts';

/** Whatever comes from a conversation tells where it is reached, and that it can be: cards that waited for that go now. */
export async function hear(
  { db, jobs }: Pick<HandlerDeps, 'db' | 'jobs'>,
  conversation: InboundConversation,
): Promise<void> {
  if (await rememberConversation(db, conversation)) await jobs.enqueue(db, 'deliver', {});
}
