import { recordAudit } from '../../services/audit/record-audit.ts';
import type { Press } from '../inbound.ts';
import { type HandlerDeps, wordsIn } from './handler-deps.ts';

/** Why a press does not count, as the audit keeps it. */
export type Refusal =
  /** Nobody whom the municipality's directory knows. */
  | 'noEntraId'
  | 'otherTenant'
  | 'guest'
  /** Somebody of whom Teams does not say who they are, such as while it does not answer. */
  | 'notTold'
  /** Nobody whom the student system knows as staff, and no role in the municipality file. */
  | 'notStaff'
  /** Somebody on the staff, but not for this pupil or this school. */
  | 'notAllowed'
  /** Somebody on the staff, but the step is another's. */
  | 'notStepOwner'
  /** Somebody on the staff, but no coordinator. */
  | 'notCoordinator'
  /** Somebody on the staff, but not in EHT. */
  | 'notInEht'
  /** Somebody else's to take back. */
  | 'notYours'
  /** Not a verb or a payload that Sedd makes: an old card, or no card of Sedd's. */
  | 'notACard'
  /** From a client that cannot take an answer to one person alone. */
  | 'olderClient'
  /** Not in the conversation that Sedd posted the card to. */
  | 'elsewhere'
  /** The pupil is not on the card. */
  | 'notOnCard'
  /** What the card asks about is over. */
  | 'past'
  /** The card is of a day that is over. */
  | 'dayOver';

/** Puts down that a press was refused: who pressed what, and why it did not count. What the press carried is not kept. */
export async function recordRefusal(
  { db, clock }: Pick<HandlerDeps, 'db' | 'clock'>,
  press: Pick<Press, 'from' | 'conversation' | 'verb'>,
  code: Refusal,
): Promise<void> {
  await recordAudit(db, {
    at: clock.now(),
    actorId: press.from.entraId ?? press.from.teamsId,
    actorName: press.from.name,
    action: 'press.refused',
    objectId: code === 'notACard' ? 'unknown' : press.verb,
    conversationId: press.conversation.id,
    details: { code },
  });
}

/** What whoever pressed in vain is told, in the words of the school that the conversation belongs to. */
export async function refusalText(deps: HandlerDeps, press: Press, code: Refusal): Promise<string> {
  const words = await wordsIn(deps, press.conversation.id);
  switch (code) {
    case 'noEntraId':
    case 'otherTenant':
    case 'guest':
      return words.t('reply.onlyOwnStaff');
    case 'notTold':
      return words.t('reply.notTold');
    case 'notStaff':
      return words.t('reply.notKnown');
    case 'notAllowed':
    case 'notYours':
      return words.t('reply.notAllowed');
    case 'notStepOwner':
      return words.t('reply.notStepOwner');
    case 'notCoordinator':
      return words.t('reply.notCoordinator');
    case 'notInEht':
      return words.t('reply.notInEht');
    case 'olderClient':
      return words.t('reply.olderClient');
    case 'elsewhere':
      return words.t('reply.notForThisConversation');
    case 'past':
      return words.t('reply.morningOver');
    case 'dayOver':
      return words.t('reply.dayOver');
    case 'notACard':
    case 'notOnCard':
      return words.t('reply.cardOutdated');
  }
}
