import fc from 'fast-check';
import { type Decision, decide, type Try } from '../../../services/follow-up/decide.ts';
import type { FollowUpRow } from '../../../services/follow-up/follow-up.ts';
import { type ContactRow, standingOf } from '../../../services/follow-up/standing.ts';
import { clockTime } from '../../support/small-school.ts';
import { contactRow, followUpRow } from './follow-up-rows.ts';

/** Something that happens to a follow-up; `card` says how old the card was, 0: as it is now. */
export type Event =
  | {
      readonly kind: 'press';
      readonly who: string;
      readonly outcome: Try['outcome'];
      readonly method: Try['method'];
      readonly card: number;
    }
  | { readonly kind: 'words'; readonly who: string; readonly outcome: Try['outcome'] }
  /** A press that came before comes again, unchanged. */
  | { readonly kind: 'again'; readonly which: number }
  | { readonly kind: 'undo'; readonly who: string; readonly which: number }
  /** The facts change: reported, or missing again. */
  | { readonly kind: 'facts' };

const anyWho = fc.constantFrom('anna', 'bo', 'eva');
const anyOutcome = fc.constantFrom('reached' as const, 'notReached' as const);

export const anyEvent: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('press' as const),
      who: anyWho,
      outcome: anyOutcome,
      method: fc.constantFrom(undefined, 'phone' as const, 'sms' as const),
      card: fc.nat(3),
    }),
  },
  fc.record({ kind: fc.constant('words' as const), who: anyWho, outcome: anyOutcome }),
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('again' as const), which: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('undo' as const), who: anyWho, which: fc.nat(9) }) },
  fc.record({ kind: fc.constant('facts' as const) }),
);

/** What a follow-up has come to, and how. */
export interface History {
  readonly row: FollowUpRow;
  readonly contacts: readonly ContactRow[];
  /** Each try that was said, and what it came to. */
  readonly said: readonly { readonly as: Try; readonly decision: Decision }[];
}

export const nothingYet: History = { row: followUpRow(), contacts: [], said: [] };

/** As the use cases do it, without a database: each event is judged by where the ones before it have led. */
export function after(history: History, event: Event, minute: number): History {
  const at = clockTime('09:00').add({ minutes: minute });
  switch (event.kind) {
    case 'press': {
      const version = Math.max(1, history.row.version - event.card);
      return say(history, { ...tryOf(event), method: event.method, version, at });
    }
    case 'words':
      return say(history, { ...tryOf(event), method: undefined, version: undefined, at });
    case 'again': {
      const { as } = history.said[event.which % Math.max(1, history.said.length)] ?? {};
      return as?.version === undefined ? history : say(history, { ...as, at });
    }
    case 'undo':
      return undo(history, event);
    case 'facts': {
      const isOver = history.row.closedReason !== null;
      return settled(history, { closedReason: isOver ? null : 'reported' }, history.contacts);
    }
  }
}

function tryOf({ who, outcome }: { readonly who: string; readonly outcome: Try['outcome'] }) {
  return { actor: { id: who }, outcome, counterpart: undefined };
}

function say(history: History, as: Try): History {
  const decision = decide(history.row, history.contacts, as);
  const next = { ...history, said: [...history.said, { as, decision }] };
  if (decision.kind !== 'record') return next;
  const { replaces } = decision;
  const at = as.outcome === 'reached' ? (replaces?.at ?? as.at) : as.at;
  const contact = contactRow(`c${history.row.version}`, '09:00', as.outcome, {
    actorId: as.actor.id,
    actorName: as.actor.id,
    method: as.method ?? null,
    at,
    dueAgainAt: as.outcome === 'notReached' ? at.add({ hours: 1 }) : null,
    baseVersion: history.row.version,
  });
  const kept = history.contacts.map((one) => (one.id === replaces?.id ? takenBack(one, as.actor.id) : one));
  return settled(next, {}, [...kept, contact]);
}

function undo(history: History, { who, which }: Extract<Event, { kind: 'undo' }>): History {
  const valid = history.contacts.filter((contact) => contact.undoneAt === null);
  const chosen = valid[which % Math.max(1, valid.length)];
  if (chosen === undefined) return history;
  const contacts = history.contacts.map((one) => (one.id === chosen.id ? takenBack(one, who) : one));
  return settled(history, {}, contacts);
}

function takenBack(contact: ContactRow, who: string): ContactRow {
  return { ...contact, undoneAt: clockTime('12:00'), undoneById: who, undoneByName: who };
}

function settled(history: History, change: Partial<FollowUpRow>, contacts: readonly ContactRow[]): History {
  const row = { ...history.row, ...change };
  return { ...history, contacts, row: { ...row, ...standingOf(row, contacts), version: row.version + 1 } };
}
