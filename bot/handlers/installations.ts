import { readBoundTo } from '../../services/posts/bind-conversation.ts';
import {
  breakConversation,
  introduceOnce,
  mendConversations,
  rememberConversation,
} from '../../services/posts/conversations.ts';
import type { Answer, Installation } from '../inbound.ts';
import { type HandlerDeps, text, wordsIn } from './handler-deps.ts';

/**
 * Added somewhere: says once what it is; in a channel that nobody has bound what to write there; in somebody's own chat what it
 * will send. Added again, it says nothing more.
 */
export async function welcome(deps: HandlerDeps, installation: Installation): Promise<Answer> {
  const { conversation, isUpgrade } = installation;
  await rememberConversation(deps.db, conversation);
  await mendConversations(deps.db, conversation.tenantId);
  await deps.jobs.enqueue(deps.db, 'deliver', {});
  const isFirst = await introduceOnce(deps.db, conversation.id, deps.clock.now());
  // After an upgrade those there know it already, also from a version that did not put down that it had said so.
  if (!isFirst || isUpgrade) return { kind: 'none' };
  const words = await wordsIn(deps, conversation.id);
  if (conversation.kind === 'personal') return text(words.t('reply.welcomePersonal'));
  const bound = await readBoundTo(deps.db, conversation.id);
  const role = ROLES.find((one) => bound.some((row) => row.role === one));
  return text(
    role === undefined ? words.t('reply.welcomeUnbound', { id: conversation.id }) : words.t(WELCOMES[role]),
  );
}

const WELCOMES = {
  mentorGroup: 'reply.welcomeBound.mentorGroup',
  coordinator: 'reply.welcomeBound.coordinator',
  eht: 'reply.welcomeBound.eht',
} as const;
/** Of what a conversation is used for, what most of those there wait for. */
const ROLES = ['mentorGroup', 'coordinator', 'eht'] as const;

/** Taken away: the binding stays, and shows as broken. */
export async function farewell(deps: HandlerDeps, { conversation }: Installation): Promise<Answer> {
  await rememberConversation(deps.db, conversation);
  await breakConversation(deps.db, conversation.id, 'BotNotInConversationRoster', deps.wireClock.now());
  return { kind: 'none' };
}
