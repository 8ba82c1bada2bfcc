import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { rememberPersonalConversation, rememberTeamsUser } from '../people/teams-users.ts';
import type { Db } from '../storage/database.ts';
import { type Chat, ChatFailure } from './chat.ts';
import { rememberConversation } from './conversations.ts';

export interface MeetDeps {
  readonly db: Db;
  readonly chat: Pick<Chat, 'members' | 'openPersonal'>;
  /** The municipality's own: others in a shared channel are never staff. */
  readonly tenants: readonly string[];
  /** Real time: it is Teams that is asked. */
  readonly wireClock: Clock;
  readonly log: Log;
}

/**
 * Learns who is in a school's channels, and has a chat ready with everybody there who answers for pupils, so that they can be
 * reminded without having written first. Nobody notices: nothing is posted. What Teams refuses is left for the next time.
 */
export async function meetStaff(deps: MeetDeps, schoolId: string): Promise<void> {
  for (const channel of await readChannels(deps.db, schoolId)) await meet(deps, channel);
  for (const person of await readUnmet(deps.db, schoolId)) await openChat(deps, person);
}

/** Learns who is in a school's EHT, so that they can be mentioned there; no chat with them is opened for it. */
export async function meetEht(deps: MeetDeps, schoolId: string): Promise<void> {
  for (const channel of await readChannels(deps.db, schoolId, 'eht')) await meet(deps, channel);
}

type Channel = Awaited<ReturnType<typeof readChannels>>[number];

async function readChannels(db: Db, schoolId: string, which: 'eht' | 'others' = 'others') {
  return await db
    .selectFrom('binding')
    .innerJoin('conversation', 'conversation.id', 'binding.conversationId')
    .select(['conversation.id', 'conversation.kind', 'conversation.tenantId', 'conversation.serviceUrl'])
    .distinct()
    .where('binding.schoolId', '=', schoolId)
    .where('binding.role', which === 'eht' ? '=' : '!=', 'eht')
    .where('conversation.state', '=', 'open')
    .execute();
}

async function meet(deps: MeetDeps, channel: Channel): Promise<void> {
  const members = await orTold(deps, channel.id, () => deps.chat.members(channel));
  const asked = { tenants: deps.tenants, at: deps.wireClock.now() };
  for (const profile of members ?? []) await rememberTeamsUser(deps.db, profile, asked);
}

type Unmet = Awaited<ReturnType<typeof readUnmet>>[number];

/** Mentors and contact persons of the school whom Teams knows, and who have no chat with Sedd. */
async function readUnmet(db: Db, schoolId: string) {
  return await db
    .selectFrom('teamsUser')
    .select(['entraId', 'teamsId', 'tenantId', 'name'])
    .select((eb) =>
      eb
        .selectFrom('binding')
        .innerJoin('conversation', 'conversation.id', 'binding.conversationId')
        .select('conversation.serviceUrl')
        .where('binding.schoolId', '=', schoolId)
        .orderBy('conversation.id')
        .limit(1)
        .as('serviceUrl'),
    )
    .where('personalConversationId', 'is', null)
    .where('isGuest', '=', false)
    .where((eb) =>
      eb.or([
        eb(
          'staffId',
          'in',
          eb
            .selectFrom('groupMentor')
            .innerJoin('schoolGroup', 'schoolGroup.id', 'groupMentor.groupId')
            .select('groupMentor.staffId')
            .where('schoolGroup.schoolId', '=', schoolId),
        ),
        eb(
          'staffId',
          'in',
          eb
            .selectFrom('contactPerson')
            .select('contactPerson.staffId')
            .where('contactPerson.schoolId', '=', schoolId)
            .where('contactPerson.endedAt', 'is', null),
        ),
      ]),
    )
    .execute();
}

async function openChat(deps: MeetDeps, { entraId, teamsId, tenantId, serviceUrl }: Unmet): Promise<void> {
  if (serviceUrl === null) return;
  const id = await orTold(deps, teamsId, () => deps.chat.openPersonal({ teamsId, tenantId, serviceUrl }));
  if (id === undefined) return;
  const chat = { id, kind: 'personal', tenantId, serviceUrl, teamId: undefined, name: undefined } as const;
  await rememberConversation(deps.db, chat);
  await rememberPersonalConversation(deps.db, entraId, id);
}

/** One channel or person that Teams refuses must not stop the others. */
async function orTold<T>(deps: MeetDeps, id: string, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof ChatFailure)) throw error;
    deps.log.debug(
      { conversation: id, code: error.code },
      'Teams did not tell who is there, or opened no chat',
    );
    return undefined;
  }
}
