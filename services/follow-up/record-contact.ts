import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';
import type { ContactMethod, Counterpart } from '../storage/tables/follow-up.ts';
import {
  type Doer,
  type FollowUpDeps,
  type FollowUpKey,
  readContacts,
  settle,
  withFollowUp,
} from './change-follow-up.ts';
import { decide } from './decide.ts';
import type { FollowUpRow } from './follow-up.ts';
import type { ContactRow } from './standing.ts';

export interface ContactInput extends FollowUpKey, Doer {
  readonly outcome: 'reached' | 'notReached';
  readonly method: ContactMethod | undefined;
  readonly counterpart: Counterpart | undefined;
  /** The version of the follow-up that the card showed; undefined where it was said in words. */
  readonly version: number | undefined;
  /** When the next try is due, after one that reached nobody. */
  readonly dueAgainAt: Temporal.Instant;
}

export type ContactOutcome =
  /** It is on record now, by this person; also where the same press comes a second time. */
  | { readonly kind: 'recorded'; readonly followUp: FollowUpRow }
  /** Somebody was there before: the row says who and when. */
  | { readonly kind: 'already'; readonly followUp: FollowUpRow }
  /** The same press came before, and somebody has taken back what it recorded. */
  | { readonly kind: 'takenBack'; readonly followUp: FollowUpRow; readonly by: string }
  /** Nobody had to make contact any more. That it was made is on record all the same. */
  | { readonly kind: 'notNeeded'; readonly followUp: FollowUpRow }
  /** Nobody was to be contacted. */
  | { readonly kind: 'none' };

/**
 * Records a try to make contact with a pupil's home today. The first one that reaches somebody counts: a repeat, a twin of
 * the card or two people in the same second give one result. Every card that shows it follows.
 */
export async function recordContact(deps: FollowUpDeps, input: ContactInput): Promise<ContactOutcome> {
  const outcome = await withFollowUp(deps, input, async (trx, followUp): Promise<ContactOutcome> => {
    const contacts = await readContacts(trx, followUp.id);
    const decision = decide(followUp, contacts, { ...input, at: deps.clock.now() });
    switch (decision.kind) {
      case 'record':
        return await record(deps, trx, { followUp, contacts }, { ...input, replaces: decision.replaces });
      case 'repeated':
        return { kind: 'recorded', followUp };
      case 'takenBack':
        return { kind: 'takenBack', followUp, by: decision.by };
      case 'already':
        return { kind: 'already', followUp };
    }
  });
  return outcome ?? { kind: 'none' };
}

async function record(
  deps: FollowUpDeps,
  trx: Db,
  { followUp, contacts }: { readonly followUp: FollowUpRow; readonly contacts: readonly ContactRow[] },
  input: ContactInput & { readonly replaces: ContactRow | undefined },
): Promise<ContactOutcome> {
  const { replaces, outcome, method, counterpart } = input;
  const now = deps.clock.now();
  if (replaces !== undefined) await markUndone(trx, replaces.id, input.actor, now);
  // Whoever says afterwards how it went has not called later for that.
  const at = outcome === 'reached' ? (replaces?.at ?? now) : now;
  const contact = await insertContact(trx, followUp, input, at);
  const valid = [...contacts.filter((earlier) => earlier !== replaces), contact];
  const settled = await settle(
    deps,
    trx,
    { followUp, contacts: valid },
    {
      ...input,
      action: outcome === 'reached' ? 'followUp.contacted' : 'followUp.notReached',
      at: now,
      details: { contact: contact.id, method, counterpart, replaces: replaces?.id },
    },
  );
  return { kind: followUp.state === 'closed' ? 'notNeeded' : 'recorded', followUp: settled };
}

async function insertContact(
  trx: Db,
  followUp: FollowUpRow,
  input: ContactInput,
  at: Temporal.Instant,
): Promise<ContactRow> {
  return await trx
    .insertInto('contact')
    .values({
      followUpId: followUp.id,
      pupilId: followUp.pupilId,
      schoolId: followUp.schoolId,
      day: followUp.day,
      outcome: input.outcome,
      method: input.method ?? null,
      counterpart: input.counterpart ?? null,
      actorId: input.actor.id,
      actorName: input.actor.name,
      staffId: input.actor.staffId ?? null,
      at,
      dueAgainAt: input.outcome === 'notReached' ? input.dueAgainAt : null,
      conversationId: input.conversationId,
      baseVersion: followUp.version,
      undoneAt: null,
      undoneById: null,
      undoneByName: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Takes a contact back; it stays on record as undone. */
export async function markUndone(
  trx: Db,
  contactId: string,
  actor: Doer['actor'],
  at: Temporal.Instant,
): Promise<void> {
  await trx
    .updateTable('contact')
    .set({ undoneAt: at, undoneById: actor.id, undoneByName: actor.name })
    .where('id', '=', contactId)
    .execute();
}
