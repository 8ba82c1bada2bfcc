import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { isTooLate } from '../../../services/schedule/due.ts';
import { dueEhtLists } from '../../../services/schedule/due-eht.ts';
import { schoolWith } from './schools.ts';

const at = (wall: string) =>
  Temporal.PlainDateTime.from(wall).toZonedDateTime('Europe/Stockholm').toInstant();
const school = schoolWith({ eht: { weekday: 'wednesday', time: '13:00', from: '2026-08-26' } });

describe('the list of a meeting', () => {
  const table: readonly (readonly [string, string, readonly string[]])[] = [
    ['is not due before its time', '2026-11-24T13:59', []],
    ['is due on the school day before', '2026-11-24T14:00', ['run 2026-11-25']],
    ['is made up for in the evening', '2026-11-24T22:00', ['run 2026-11-25']],
    ['is made up for until the meeting ends', '2026-11-25T13:59', ['run 2026-11-25']],
    ['is skipped once it has ended', '2026-11-25T14:00', ['skip 2026-11-25']],
    ['is no more the day after', '2026-11-26T08:00', []],
    ['comes before a holiday where the meeting is after it', '2026-10-23T14:00', []],
    ['comes before the weekend', '2026-11-03T14:00', ['run 2026-11-04']],
  ];
  for (const [name, wall, expected] of table) {
    it(name, () => {
      const due = dueEhtLists(school, () => new Map(), at(wall));

      assert.deepEqual(
        due.map(({ action, day }) => `${action} ${day}`),
        expected,
      );
    });
  }

  it('is due once for each meeting, and stands in the ledger under the meeting’s day', () => {
    const ledgerOf = (day: Temporal.PlainDate) =>
      new Map(day.toString() === '2026-11-25' ? [['ehtList', 'done' as const]] : []);

    assert.deepEqual(dueEhtLists(school, ledgerOf, at('2026-11-24T14:00')), []);
  });

  it('comes on the wall’s time on the day after the clocks are changed', () => {
    const monday = schoolWith({
      eht: { weekday: 'tuesday', time: '09:00', from: '2026-08-25', listAt: '08:00' },
    });
    const [before, after] = ['2027-03-29', '2027-03-30'];

    assert.deepEqual(
      dueEhtLists(monday, () => new Map(), at(`${before}T07:59`)),
      [],
    );
    assert.equal(dueEhtLists(monday, () => new Map(), at(`${before}T08:00`))[0]?.day.toString(), after);
  });

  it('is too late when the meeting has ended, or is no more', () => {
    const day = Temporal.PlainDate.from('2026-11-25');

    assert.equal(isTooLate(school, 'ehtList', day, at('2026-11-25T13:59')), false);
    assert.equal(isTooLate(school, 'ehtList', day, at('2026-11-25T14:00')), true);
    assert.equal(isTooLate(school, 'ehtList', day.add({ days: 1 }), at('2026-11-25T10:00')), true);
  });
});
