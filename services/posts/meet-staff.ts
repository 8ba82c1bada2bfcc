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
  /** The addresses that the municipality file gives a role at a school: coordinators, principals, EHT, the mobile school team. */
  readonly roleAddresses: (schoolId: string) => readonly string[];
  /** Whose the open steps of the routine are at a school, on the staff or by address; it knows of no such steps itself. */
  readonly stepOwners: (schoolId: string) => Promise<Answering>;
}

/** People at a school, each by one of the two. */
interface Answering {
  readonly staffIds: readonly string[];
  readonly addresses: readonly string[];
}

/**
 * Learns who is in a school's conversations, and has a chat ready with everybody there who answers for pupils or has a role in
 * the routine, so that they can be reminded without having written first. Nobody notices: nothing is posted. What Teams refuses
 * is left for the next time.
 */
export async function meetStaff(deps: MeetDeps, schoolId: string): Promise<void> {
  for (const conversation of await readConversations(deps.db, schoolId)) await meet(deps, conversation);
  const { staffIds, addresses } = await deps.stepOwners(schoolId);
  const also = { staffIds, addresses: [...addresses, ...deps.roleAddresses(schoolId)] };
  for (const person of await readUnmet(deps.db, schoolId, also)) await openChat(deps, person);
}

type Bound = Awaited<ReturnType<typeof readConversations>>[number];

async function readConversations(db: Db, schoolId: string) {
  return await db
    .selectFrom('binding')
    .innerJoin('conversation', 'conversation.id', 'binding.conversationId')
    .select(['conversation.id', 'conversation.kind', 'conversation.tenantId', 'conversation.serviceUrl'])
    .distinct()
    .where('binding.schoolId', '=', schoolId)
    .where('conversation.state', '=', 'open')
    .execute();
}

async function meet(deps: MeetDeps, conversation: Bound): Promise<void> {
  const members = await orTold(deps, conversation.id, () => deps.chat.members(conversation));
  const asked = { tenants: deps.tenants, at: deps.wireClock.now() };
  for (const profile of members ?? []) await rememberTeamsUser(deps.db, profile, asked);
}

type Unmet = Awaited<ReturnType<typeof readUnmet>>[number];

/** Mentors, contact persons, their stand-ins and the others who are named, of those whom Teams knows and who have no chat with Sedd. */
async function readUnmet(db: Db, schoolId: string, { staffIds, addresses }: Answering) {
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
        eb('staffId', 'in', ['', ...staffIds]),
        // Whoever they stand in for: a chat too many is none that anybody sees.
        eb('staffId', 'in', eb.selectFrom('standIn').select('standInStaffId').where('endedAt', 'is', null)),
        eb('email', 'in', ['', ...addresses]),
        eb('principalName', 'in', ['', ...addresses]),
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
