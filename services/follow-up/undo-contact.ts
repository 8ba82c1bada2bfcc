import {
  type Doer,
  type FollowUpDeps,
  type FollowUpKey,
  readContacts,
  settle,
  withFollowUp,
} from './change-follow-up.ts';
import type { FollowUpRow } from './follow-up.ts';
import { markUndone } from './record-contact.ts';
import type { ContactRow } from './standing.ts';

export interface UndoInput extends FollowUpKey, Doer {
  /** The contact to take back, where a card names it; otherwise the last one that this person may take back. */
  readonly contactId: string | undefined;
  /** Whether what others have recorded may be taken back too. */
  readonly mayUndoOthers: boolean;
}

export type UndoOutcome =
  | { readonly kind: 'undone'; readonly followUp: FollowUpRow }
  /** It was taken back before. */
  | { readonly kind: 'already'; readonly followUp: FollowUpRow }
  /** It is somebody else's. */
  | { readonly kind: 'notYours'; readonly followUp: FollowUpRow; readonly by: string }
  | { readonly kind: 'nothing' };

/** Takes the last contact back: the follow-up stands as it did before, and the audit keeps both. */
export async function undoContact(deps: FollowUpDeps, input: UndoInput): Promise<UndoOutcome> {
  const outcome = await withFollowUp(deps, input, async (trx, followUp): Promise<UndoOutcome> => {
    const contacts = await readContacts(trx, followUp.id);
    const last = chosen(contacts, input);
    if (last === undefined) return { kind: 'nothing' };
    if (last.undoneAt !== null) return { kind: 'already', followUp };
    if (!isTheirs(last, input)) return { kind: 'notYours', followUp, by: last.actorName };
    const at = deps.clock.now();
    await markUndone(trx, last.id, input.actor, at);
    const details = { contact: last.id };
    const left = { followUp, contacts: contacts.filter((contact) => contact !== last) };
    const settled = await settle(deps, trx, left, { ...input, action: 'followUp.undone', at, details });
    return { kind: 'undone', followUp: settled };
  });
  return outcome ?? { kind: 'nothing' };
}

function chosen(contacts: readonly ContactRow[], input: UndoInput): ContactRow | undefined {
  if (input.contactId !== undefined) return contacts.find((contact) => contact.id === input.contactId);
  const valid = contacts.filter((contact) => contact.undoneAt === null);
  return valid.findLast((contact) => isTheirs(contact, input)) ?? valid.at(-1);
}

function isTheirs(contact: ContactRow, { actor, mayUndoOthers }: UndoInput): boolean {
  return mayUndoOthers || contact.actorId === actor.id;
}
