import { z } from 'zod';
import type { TeamsProfile } from '../services/people/teams-users.ts';
import { type ChatAddress, ChatFailure, type PersonalChat } from '../services/posts/chat.ts';
import type { Connector } from './connector.ts';

const text = z.string().max(500).nullish();

/** A member as Teams names them: the same fields under several spellings, and any of them may be missing. */
const member = z.object({
  id: z.string().min(1).max(500),
  name: text,
  aadObjectId: text,
  objectId: text,
  email: text,
  userPrincipalName: text,
  tenantId: text,
  userRole: text,
});
const page = z.object({ members: z.array(z.unknown()), continuationToken: text });

/** Teams gives at most 500 a page; no channel of mentors has more than a few. */
const PAGE_SIZE = 200;
const MOST_PAGES = 25;

/** Everybody in a conversation. A member that cannot be read, such as another bot, is left out. */
export async function readMembers(connector: Connector, of: ChatAddress): Promise<readonly TeamsProfile[]> {
  const profiles: TeamsProfile[] = [];
  let token = '';
  for (let read = 0; read < MOST_PAGES; read += 1) {
    const query = `pageSize=${PAGE_SIZE}${token === '' ? '' : `&continuationToken=${encodeURIComponent(token)}`}`;
    const path = `v3/conversations/${encodeURIComponent(of.id)}/pagedmembers?${query}`;
    const answer = page.safeParse(await connector.call('GET', of.serviceUrl, path));
    if (!answer.success)
      throw new ChatFailure('unknown', 'members.unreadable', 'Teams gave no list of members');
    profiles.push(...answer.data.members.flatMap((each) => profileOf(each, of.tenantId) ?? []));
    token = answer.data.continuationToken ?? '';
    if (token === '') break;
  }
  return profiles;
}

/** A member as they are kept; undefined for what is no account in Entra, such as another bot. */
export function profileOf(given: unknown, tenantId: string): TeamsProfile | undefined {
  const parsed = member.safeParse(given);
  if (!parsed.success) return undefined;
  const { id, name, aadObjectId, objectId, email, userPrincipalName, userRole } = parsed.data;
  const entraId = aadObjectId ?? objectId;
  if (entraId === null || entraId === undefined) return undefined;
  const principalName = userPrincipalName ?? undefined;
  return {
    entraId,
    teamsId: id,
    tenantId: parsed.data.tenantId ?? tenantId,
    name: name ?? '',
    email: email ?? undefined,
    principalName,
    isGuest: userRole === 'guest' || userRole === 'anonymous' || principalName?.includes('#EXT#') === true,
  };
}

const created = z.object({ id: z.string().min(1) });

/** The chat with one person; Teams makes it once and names the same one afterwards. */
export async function openPersonal(
  connector: Connector,
  botId: string,
  { teamsId, tenantId, serviceUrl }: PersonalChat,
): Promise<string> {
  const answer = await connector.call('POST', serviceUrl, 'v3/conversations', {
    isGroup: false,
    bot: { id: botId },
    members: [{ id: teamsId }],
    tenantId,
    channelData: { tenant: { id: tenantId } },
  });
  const conversation = created.safeParse(answer);
  if (conversation.success) return conversation.data.id;
  throw new ChatFailure('unknown', 'noConversationId', 'Teams made a chat and did not say which');
}
