import { recordAudit } from '../../services/audit/record-audit.ts';
import type { Press } from '../inbound.ts';
import { actorOf, type HandlerDeps } from './press-context.ts';

/** Why a press does not count, as the audit keeps it. */
export type Refusal =
  /** Nobody whom the municipality's directory knows. */
  | 'noEntraId'
  | 'otherTenant'
  | 'guest'
  /** Not a verb or a payload that Sedd makes: an old card, or no card of Sedd's. */
  | 'notACard'
  /** Not in the conversation that Sedd posted the card to. */
  | 'elsewhere'
  /** The pupil is not on the card. */
  | 'notOnCard'
  /** What the card asks about is over. */
  | 'past';

/**
 * Why somebody may not press, undefined where they may: whoever is in the channel and has an account of the municipality's
 * own. What was done is put down as theirs, so it has to be known who they are.
 */
export async function refusalOf(
  { members, municipality }: Pick<HandlerDeps, 'members' | 'municipality'>,
  press: Press,
): Promise<Refusal | undefined> {
  if (press.from.entraId === undefined) return 'noEntraId';
  const member = await members.of(press);
  if (member?.tenantId !== undefined && !municipality.teams.tenants.includes(member.tenantId))
    return 'otherTenant';
  return member?.role === 'guest' || member?.role === 'anonymous' ? 'guest' : undefined;
}

/** Puts down that a press was refused: who pressed what, and why it did not count. What the press carried is not kept. */
export async function recordRefusal(
  { db, clock }: Pick<HandlerDeps, 'db' | 'clock'>,
  press: Press,
  code: Refusal,
): Promise<void> {
  const actor = actorOf(press);
  await recordAudit(db, {
    at: clock.now(),
    actorId: actor.id,
    actorName: actor.name,
    action: 'press.refused',
    objectId: code === 'notACard' ? 'unknown' : press.verb,
    conversationId: press.conversation.id,
    details: { code },
  });
}
