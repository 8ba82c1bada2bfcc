import {
  breakConversation,
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
  // After an upgrade those there know it already, also from a version that did not put down that it had said so.
  if (!(await isFirstMeeting(deps, conversation.id)) || isUpgrade) return { kind: 'none' };
  const words = await wordsIn(deps, conversation.id);
  if (conversation.kind === 'personal') return text(words.t('reply.welcomePersonal'));
  const bound = await deps.db
    .selectFrom('binding')
    .select('role')
    .where('conversationId', '=', conversation.id)
    .execute();
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

async function isFirstMeeting({ db, clock }: HandlerDeps, conversationId: string): Promise<boolean> {
  const first = await db
    .updateTable('conversation')
    .set({ introducedAt: clock.now() })
    .where('id', '=', conversationId)
    .where('introducedAt', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return first !== undefined;
}

/** Taken away: the binding stays, and shows as broken. */
export async function farewell(deps: HandlerDeps, { conversation }: Installation): Promise<Answer> {
  await rememberConversation(deps.db, conversation);
  await breakConversation(deps.db, conversation.id, 'BotNotInConversationRoster', deps.wireClock.now());
  return { kind: 'none' };
}
