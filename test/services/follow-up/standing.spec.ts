import assert from 'node:assert/strict';
import { type ContactRow, standingOf } from '../../../services/follow-up/standing.ts';
import { clockTime } from '../../support/small-school.ts';
import { contactRow, followUpRow } from './follow-up-rows.ts';

const reached = (id: string, time: string, more: Partial<ContactRow> = {}) =>
  contactRow(id, time, 'reached', more);
const inVain = (id: string, time: string, more: Partial<ContactRow> = {}) =>
  contactRow(id, time, 'notReached', more);
const undone = { undoneAt: clockTime('11:00'), undoneById: 'karin', undoneByName: 'Karin Koord' };

describe('standingOf', () => {
  const cases: readonly (readonly [
    string,
    readonly ContactRow[],
    readonly [string, string | null, number, string],
  ])[] = [
    ['nobody has tried: open, due as it was first', [], ['open', null, 0, '10:00']],
    ['somebody reached somebody', [reached('a', '09:12')], ['contacted', 'a', 0, '10:00']],
    ['somebody reached nobody: due again', [inVain('a', '08:55')], ['open', null, 1, '09:55']],
    [
      'two reached nobody: due again after the last',
      [inVain('a', '08:55'), inVain('b', '09:30', { baseVersion: 2 })],
      ['open', null, 2, '10:30'],
    ],
    [
      'somebody was reached after a try in vain',
      [inVain('a', '08:55'), reached('b', '09:12', { baseVersion: 2 })],
      ['contacted', 'b', 1, '09:55'],
    ],
    ['the contact was taken back', [reached('a', '09:12', undone)], ['open', null, 0, '10:00']],
    [
      'the contact after a try in vain was taken back: as after that try',
      [inVain('a', '08:55'), reached('b', '09:12', { baseVersion: 2, ...undone })],
      ['open', null, 1, '09:55'],
    ],
    [
      'the last of two tries was taken back: as after the first',
      [inVain('a', '08:55'), inVain('b', '09:30', { baseVersion: 2, ...undone })],
      ['open', null, 1, '09:55'],
    ],
    [
      'a contact was said differently: it counts as the later row has it',
      [reached('a', '09:12', undone), reached('b', '09:12', { baseVersion: 2, method: 'sms' })],
      ['contacted', 'b', 0, '10:00'],
    ],
  ];
  for (const [name, contacts, expected] of cases) {
    for (const order of ['as read', 'turned round'] as const) {
      it(`where ${name} (${order})`, () => {
        const rows = order === 'as read' ? contacts : contacts.toReversed();

        const { state, contactId, attempts, dueAt } = standingOf(followUpRow(), rows);

        const [ofState, ofContact, ofAttempts, due] = expected;
        assert.deepEqual([state, contactId, attempts], [ofState, ofContact, ofAttempts]);
        assert.equal(String(dueAt), String(clockTime(due)));
      });
    }
  }

  it('has who, when and how of the contact that counts, and who tried last', () => {
    const contacts = [
      inVain('a', '08:55', { actorName: 'Bo Ek' }),
      reached('b', '09:12', { baseVersion: 2, method: 'phone', counterpart: 'guardian', staffId: 't1' }),
    ];

    const { contactedById, contactedByName, method, counterpart, lastAttemptByName, ...times } = standingOf(
      followUpRow(),
      contacts,
    );

    assert.deepEqual(
      [contactedById, contactedByName, method, counterpart, lastAttemptByName],
      ['anna', 'Anna Berg', 'phone', 'guardian', 'Bo Ek'],
    );
    assert.ok(
      times.contactedAt?.equals(clockTime('09:12')) && times.lastAttemptAt?.equals(clockTime('08:55')),
    );
  });

  it('is over where it was closed and nobody was reached, and contacted where somebody was', () => {
    const closed = followUpRow({ state: 'closed', closedReason: 'reported' });

    assert.equal(standingOf(closed, []).state, 'closed');
    assert.equal(standingOf(closed, [inVain('a', '08:55')]).state, 'closed');
    assert.equal(standingOf(closed, [reached('a', '09:12')]).state, 'contacted');
    assert.equal(standingOf(closed, [reached('a', '09:12', undone)]).state, 'closed');
  });
});
