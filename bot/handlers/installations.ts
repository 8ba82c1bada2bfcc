import {
  breakConversation,
  mendConversations,
  rememberConversation,
} from '../../services/posts/conversations.ts';
import type { Answer, Installation } from '../inbound.ts';
import { type HandlerDeps, text, wordsIn } from './press-context.ts';

/**
 * Added somewhere: says once what it is, and in a channel that nobody has bound what IT needs for it. After an upgrade those
 * there know it already.
 */
export async function welcome(deps: HandlerDeps, { conversation, isUpgrade }: Installation): Promise<Answer> {
  await rememberConversation(deps.db, conversation);
  await mendConversations(deps.db, conversation.tenantId);
  await deps.jobs.enqueue(deps.db, 'deliver', {});
  if (isUpgrade) return { kind: 'none' };
  const words = await wordsIn(deps, conversation.id);
  if (conversation.kind === 'personal') return text(words.t('reply.welcomePersonal'));
  const bound = await deps.db
    .selectFrom('binding')
    .select('role')
    .where('conversationId', '=', conversation.id)
    .executeTakeFirst();
  return text(
    bound === undefined
      ? words.t('reply.welcomeUnbound', { id: conversation.id })
      : words.t('reply.welcomeBound'),
  );
}

/** Taken away: the binding stays, and shows as broken. */
export async function farewell(deps: HandlerDeps, { conversation }: Installation): Promise<Answer> {
  await rememberConversation(deps.db, conversation);
  await breakConversation(deps.db, conversation.id, 'BotNotInConversationRoster', deps.wireClock.now());
  return { kind: 'none' };
}
