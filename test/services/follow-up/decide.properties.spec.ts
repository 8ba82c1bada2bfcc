import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Try } from '../../../services/follow-up/decide.ts';
import type { ContactRow } from '../../../services/follow-up/standing.ts';
import { after, anyEvent, type History, nothingYet } from './history.ts';

const RUNS = { numRuns: 500 };

/** Whatever happens to a follow-up, event by event. */
function forAnyHistory(check: (history: History, before: History) => void): void {
  fc.assert(
    fc.property(fc.array(anyEvent, { minLength: 1, maxLength: 14 }), (events) => {
      let history = nothingYet;
      for (const [minute, event] of events.entries()) {
        const next = after(history, event, minute);
        check(next, history);
        history = next;
      }
    }),
    RUNS,
  );
}

const valid = ({ contacts }: History) => contacts.filter(({ undoneAt }) => undoneAt === null);
const reached = (history: History) => valid(history).filter(({ outcome }) => outcome === 'reached');

describe('presses in any order, by anybody, on any card', () => {
  it('leave at most one contact that counts, and the follow-up says which', () => {
    forAnyHistory((history) => {
      const [counting, ...others] = reached(history);

      assert.deepEqual(others, []);
      assert.equal(history.row.contactId, counting?.id ?? null);
      assert.equal(history.row.contactedById, counting?.actorId ?? null);
      assert.equal(history.row.state === 'contacted', counting !== undefined);
    });
  });

  it('leave the follow-up as its history says, tries counted and due after the last', () => {
    forAnyHistory((history) => {
      const tries = valid(history).filter(({ outcome }) => outcome === 'notReached');

      assert.equal(history.row.attempts, tries.length);
      const due = tries.at(-1)?.dueAgainAt ?? history.row.firstDueAt;
      assert.equal(String(history.row.dueAt), String(due));
    });
  });

  it('take nothing off the record: a contact is only ever taken back', () => {
    forAnyHistory((history, before) => {
      for (const [index, contact] of before.contacts.entries()) {
        const now = history.contacts[index];
        assert.deepEqual(
          { ...now, undoneAt: null, undoneById: null, undoneByName: null },
          { ...contact, undoneAt: null, undoneById: null, undoneByName: null },
        );
        assert.ok(contact.undoneAt === null || now?.undoneAt !== null);
      }
    });
  });

  it('never take back what somebody else has recorded', () => {
    forAnyHistory((history, before) => {
      const said = history.said.length > before.said.length ? history.said.at(-1) : undefined;
      const back = valid(before).filter(({ id }) => !valid(history).some((one) => one.id === id));

      if (said !== undefined) assert.ok(back.every(({ actorId }) => actorId === said.as.actor.id));
    });
  });

  it('are each on record, or are told truly why they are not', () => {
    forAnyHistory((history, before) => {
      const said = history.said.length > before.said.length ? history.said.at(-1) : undefined;
      if (said === undefined) return;
      const { as, decision } = said;
      const own = (contacts: readonly ContactRow[]) => contacts.filter((one) => one.actorId === as.actor.id);
      switch (decision.kind) {
        case 'record':
          return assert.ok(
            valid(history).some((one) => isTry(one, as) && one.baseVersion === before.row.version),
          );
        case 'repeated':
          return assert.ok(own(valid(before)).length > 0);
        case 'takenBack':
          return assert.ok(before.contacts.some((one) => isTry(one, as) && one.undoneAt !== null));
        case 'already':
          return assert.ok(valid(before).length > 0);
      }
    });
  });

  it('that were recorded change nothing when they come again, at any time', () => {
    forAnyHistory((history) => {
      for (const { as, decision } of history.said) {
        if (decision.kind !== 'record' || as.version === undefined) continue;
        const again = after(history, { kind: 'again', which: indexOf(history, as) }, 60);

        assert.deepEqual([again.row, again.contacts], [history.row, history.contacts]);
      }
    });
  });

  it('of whoever reached somebody count, unless somebody had been reached or it was said before', () => {
    forAnyHistory((history, before) => {
      const said = history.said.length > before.said.length ? history.said.at(-1) : undefined;
      if (said?.as.outcome !== 'reached' || said.decision.kind === 'record') return;

      const saidBefore = before.contacts.some((one) => isTry(one, said.as));
      assert.ok(saidBefore || reached(before).length === 1);
    });
  });
});

function indexOf({ said }: History, as: Try): number {
  return said.findIndex((one) => one.as === as);
}

function isTry(contact: ContactRow, as: Try): boolean {
  return (
    contact.actorId === as.actor.id &&
    contact.outcome === as.outcome &&
    contact.method === (as.method ?? null)
  );
}
