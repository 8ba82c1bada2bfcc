import type { Selectable } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { ContactTable } from '../storage/tables/follow-up.ts';
import type { FollowUpRow } from './follow-up.ts';

export type ContactRow = Readonly<Selectable<ContactTable>>;

/** What a follow-up knows of the tries that have been made. */
export type Standing = Pick<
  FollowUpRow,
  | 'state'
  | 'dueAt'
  | 'contactId'
  | 'contactedAt'
  | 'contactedById'
  | 'contactedByName'
  | 'method'
  | 'counterpart'
  | 'attempts'
  | 'lastAttemptAt'
  | 'lastAttemptByName'
>;

/**
 * Where a follow-up stands after its contacts, always computed from all of them, so that an undo needs no history of its
 * own: the last one that reached somebody counts, also where a report has made it unnecessary; otherwise it is open, and due
 * again when the last try says, or closed as it was.
 */
export function standingOf(followUp: FollowUpRow, contacts: readonly ContactRow[]): Standing {
  const valid = contacts
    .filter((contact) => contact.undoneAt === null)
    .toSorted((a, b) => Temporal.Instant.compare(a.at, b.at) || a.baseVersion - b.baseVersion);
  const reached = valid.findLast((contact) => contact.outcome === 'reached');
  const tries = valid.filter((contact) => contact.outcome === 'notReached');
  const last = tries.at(-1);
  const otherwise = followUp.closedReason === null ? 'open' : 'closed';
  return {
    state: reached === undefined ? otherwise : 'contacted',
    dueAt: last?.dueAgainAt ?? followUp.firstDueAt ?? followUp.dueAt,
    contactId: reached?.id ?? null,
    contactedAt: reached?.at ?? null,
    contactedById: reached?.actorId ?? null,
    contactedByName: reached?.actorName ?? null,
    method: reached?.method ?? null,
    counterpart: reached?.counterpart ?? null,
    attempts: tries.length,
    lastAttemptAt: last?.at ?? null,
    lastAttemptByName: last?.actorName ?? null,
  };
}
