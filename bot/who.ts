import { Temporal } from 'temporal-polyfill';
import { type Person, personOf } from '../services/people/person.ts';
import {
  findTeamsUser,
  rememberPersonalConversation,
  rememberTeamsUser,
  type TeamsUser,
} from '../services/people/teams-users.ts';
import type { HandlerDeps } from './handlers/handler-deps.ts';
import type { Press } from './inbound.ts';

type Heard = Pick<Press, 'from' | 'conversation'>;
type WhoDeps = Pick<HandlerDeps, 'db' | 'members' | 'municipality' | 'wireClock'>;

/** Whoever the student system did not know is asked for again after this long: it may know them by now. */
const ASK_AGAIN_HOURS = 1;

/**
 * Why somebody may do nothing at all, undefined where they may: an account of the municipality's own is needed, since what is
 * done is put down as theirs.
 */
export async function foreignerOf(
  deps: WhoDeps,
  heard: Heard,
): Promise<'noEntraId' | 'otherTenant' | 'guest' | undefined> {
  if (heard.from.entraId === undefined) return 'noEntraId';
  const known = (await deps.members.of(heard)) ?? (await findTeamsUser(deps.db, heard.from.entraId));
  if (known === undefined) return undefined;
  if (!deps.municipality.teams.tenants.includes(known.tenantId)) return 'otherTenant';
  return known.isGuest ? 'guest' : undefined;
}

/**
 * Who somebody in Teams is. Whoever Sedd has not met is looked up in the conversation, by their id in Entra; what the activity
 * says of their name proves nothing. Undefined where Teams does not know them either.
 */
export async function who(deps: WhoDeps, heard: Heard): Promise<Person | undefined> {
  const { from, conversation } = heard;
  if (from.entraId === undefined) return undefined;
  const known = await findTeamsUser(deps.db, from.entraId);
  const isEnough = known !== undefined && !isWorthAsking(known, deps.wireClock.now());
  const user = isEnough ? known : ((await lookUp(deps, heard)) ?? known);
  if (user === undefined) return undefined;
  if (conversation.kind === 'personal' && user.personalConversationId !== conversation.id) {
    await rememberPersonalConversation(deps.db, user.entraId, conversation.id);
  }
  return personOf(user);
}

function isWorthAsking({ staffId, isGuest, seenAt }: TeamsUser, now: Temporal.Instant): boolean {
  return (
    staffId === null && !isGuest && Temporal.Instant.compare(seenAt.add({ hours: ASK_AGAIN_HOURS }), now) < 0
  );
}

/** Only what Teams says of the very person who is there counts. */
async function lookUp(deps: WhoDeps, heard: Heard): Promise<TeamsUser | undefined> {
  const profile = await deps.members.of(heard);
  if (profile?.entraId !== heard.from.entraId || profile === undefined) return undefined;
  return await rememberTeamsUser(deps.db, profile, {
    tenants: deps.municipality.teams.tenants,
    at: deps.wireClock.now(),
  });
}
