import { z } from 'zod';
import { type Chat, type ChatAddress, ChatFailure, type ChatMessage } from '../services/posts/chat.ts';
import type { Connector } from './connector.ts';
import { openPersonal, readMembers } from './teams-people.ts';

const created = z.object({ id: z.string().min(1), activityId: z.string().min(1).optional() });

/** Teams as the chat that Sedd posts to. `botId` is the bot's own id in Teams (`28:` and its app id). */
export function createTeamsChat({
  connector,
  botId,
}: {
  readonly connector: Connector;
  readonly botId: string;
}): Chat {
  return {
    async post(to, message) {
      if (to.kind === 'channel' && to.threadId === undefined) {
        return await newThread(connector, botId, to, message);
      }
      const path = activities(threadOf(to, to.threadId));
      const answer = await connector.call('POST', to.serviceUrl, path, activity(message));
      return idOf(created.safeParse(answer).data?.id);
    },
    async update(to, activityId, message) {
      const path = `${activities(threadOf(to, activityId))}/${encodeURIComponent(activityId)}`;
      await connector.call('PUT', to.serviceUrl, path, { ...activity(message), id: activityId });
    },
    async delete(to, activityId) {
      const path = `${activities(threadOf(to, activityId))}/${encodeURIComponent(activityId)}`;
      try {
        await connector.call('DELETE', to.serviceUrl, path);
      } catch (error) {
        if (!(error instanceof ChatFailure) || error.kind !== 'messageGone') throw error;
      }
    },
    members: (of) => readMembers(connector, of),
    openPersonal: (person) => openPersonal(connector, botId, person),
  };
}

/** In a channel each card begins a thread; the answer names it as `<channel>;messageid=<root>`. */
async function newThread(
  connector: Connector,
  botId: string,
  to: ChatAddress,
  message: ChatMessage,
): Promise<string> {
  const answer = await connector.call('POST', to.serviceUrl, 'v3/conversations', {
    isGroup: true,
    bot: { id: botId },
    tenantId: to.tenantId,
    channelData: { channel: { id: to.id }, tenant: { id: to.tenantId } },
    activity: activity(message),
  });
  const thread = created.safeParse(answer).data;
  return idOf(thread?.activityId ?? /;messageid=([^;]+)/.exec(thread?.id ?? '')?.[1]);
}

/** Accepted, but without telling the id: nothing can be updated later, so that it counts as in doubt. */
function idOf(id: string | undefined): string {
  if (id !== undefined) return id;
  throw new ChatFailure('unknown', 'noMessageId', 'Teams accepted a message and did not say which id it got');
}

/** Messages of a channel are addressed through their thread: the message's own, where it is no reply. */
function threadOf(to: ChatAddress, root: string | undefined): string {
  const thread = to.threadId ?? root;
  return to.kind === 'channel' && thread !== undefined ? `${to.id};messageid=${thread}` : to.id;
}

function activities(conversationId: string): string {
  return `v3/conversations/${encodeURIComponent(conversationId)}/activities`;
}

function activity(message: ChatMessage): object {
  return {
    type: 'message',
    summary: message.summary,
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: message.card }],
  };
}
