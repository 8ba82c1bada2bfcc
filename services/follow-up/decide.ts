import type { Temporal } from 'temporal-polyfill';
import type { ContactMethod, Counterpart } from '../storage/tables/follow-up.ts';
import type { FollowUpRow } from './follow-up.ts';
import type { ContactRow } from './standing.ts';

/** A try to make contact, as somebody says it. */
export interface Try {
  readonly outcome: 'reached' | 'notReached';
  readonly method: ContactMethod | undefined;
  readonly counterpart: Counterpart | undefined;
  /** The version of the follow-up that the card showed; undefined where it was said in words. */
  readonly version: number | undefined;
  readonly actor: { readonly id: string };
  readonly at: Temporal.Instant;
}

export type Decision =
  /** `replaces`: what the same person has said before, and says differently now. */
  | { readonly kind: 'record'; readonly replaces: ContactRow | undefined }
  /** It is on record. */
  | { readonly kind: 'repeated' }
  /** It was on record, and somebody has taken it back since. */
  | { readonly kind: 'takenBack'; readonly by: string }
  /** Somebody was there before. */
  | { readonly kind: 'already' };

/** The same words of the same person within a moment are a message that Teams sent twice. */
const MOMENT_SECONDS = 60;

/**
 * What a try means where others may have been there before it, whatever the order in which presses arrive: what was pressed
 * twice counts once, the first one that reached somebody counts, and only they themselves can say it differently.
 */
export function decide(
  followUp: Pick<FollowUpRow, 'version' | 'contactId'>,
  contacts: readonly ContactRow[],
  said: Try,
): Decision {
  const counting = contacts.find((contact) => contact.id === followUp.contactId);
  const before = contacts.find((contact) => isSameTry(contact, said) && isRepeat(contact, said));
  if (counting !== undefined) return afterContact(counting, before, said);
  if (before !== undefined) return repeated(before);
  // Whoever reached somebody says something new, whatever the card showed; one who did not, only where nobody has tried since.
  const isNews =
    said.outcome === 'reached' || !contacts.some((contact) => isValid(contact) && !hasSeen(contact, said));
  return isNews ? { kind: 'record', replaces: undefined } : { kind: 'already' };
}

function afterContact(counting: ContactRow, before: ContactRow | undefined, said: Try): Decision {
  if (counting.actorId !== said.actor.id) return { kind: 'already' };
  if (before !== undefined) return { kind: 'repeated' };
  const hasNothingToAdd = said.outcome === 'reached' && said.method === undefined;
  if (hasNothingToAdd || isSameTry(counting, said)) return { kind: 'repeated' };
  // "Not reached" takes one's own contact back only where one has seen it: the other way round it came late.
  const isLate = said.outcome === 'notReached' && !hasSeen(counting, said);
  return isLate ? { kind: 'already' } : { kind: 'record', replaces: counting };
}

function repeated(before: ContactRow): Decision {
  return isValid(before) ? { kind: 'repeated' } : { kind: 'takenBack', by: before.undoneByName ?? '' };
}

function isRepeat(contact: ContactRow, said: Try): boolean {
  if (said.version !== undefined) return !hasSeen(contact, said);
  return isValid(contact) && contact.at.until(said.at).total('seconds') < MOMENT_SECONDS;
}

/** Whether the card that was pressed showed it already. What is said in words is said of everything there is. */
function hasSeen(contact: ContactRow, { version }: Try): boolean {
  return version === undefined || contact.baseVersion < version;
}

function isValid(contact: ContactRow): boolean {
  return contact.undoneAt === null;
}

function isSameTry(contact: ContactRow, said: Try): boolean {
  return (
    contact.actorId === said.actor.id &&
    contact.outcome === said.outcome &&
    contact.method === (said.method ?? null) &&
    contact.counterpart === (said.counterpart ?? null)
  );
}
