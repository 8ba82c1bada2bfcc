import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import type { WrittenDay } from '../../../bot/written/days.ts';
import { resolveDays } from '../../../bot/written/resolve-days.ts';
import { parseUtterance } from '../../../bot/written/utterance.ts';

/** A Tuesday in week 48. */
const TODAY = Temporal.PlainDate.from('2026-11-24');

describe('resolveDays', () => {
  const cases: readonly (readonly [written: string, days: string])[] = [
    ['', '2026-11-24 …'],
    ['idag', '2026-11-24 2026-11-24'],
    ['i morgon', '2026-11-25 2026-11-25'],
    ['i övermorgon', '2026-11-26 2026-11-26'],
    ['idag och imorgon', '2026-11-24 2026-11-25'],
    ['24/11-28/11', '2026-11-24 2026-11-28'],
    ['24-28/11', '2026-11-24 2026-11-28'],
    ['20/11-28/11', '2026-11-20 2026-11-28'],
    ['20 nov till 3 dec', '2026-11-20 2026-12-03'],
    ['den 1 december', '2026-12-01 2026-12-01'],
    ['december 1st', '2026-12-01 2026-12-01'],
    ['20/12-10/1', '2026-12-20 2027-01-10'],
    ['7/1-11/1', '2027-01-07 2027-01-11'],
    ['2027-01-07--2027-01-11', '2027-01-07 2027-01-11'],
    ['7/1/2028', '2028-01-07 2028-01-07'],
    ['tisdag', '2026-11-24 2026-11-24'],
    ['på fredag', '2026-11-27 2026-11-27'],
    ['måndag', '2026-11-30 2026-11-30'],
    ['nästa tisdag', '2026-12-01 2026-12-01'],
    ['fredag till måndag', '2026-11-27 2026-11-30'],
    ['tors-tis', '2026-11-26 2026-12-01'],
    ['hela veckan', '2026-11-24 2026-11-29'],
    ['nästa vecka', '2026-11-30 2026-12-06'],
    ['v. 49', '2026-11-30 2026-12-06'],
    ['vecka 2', '2027-01-11 2027-01-17'],
    ['v53', '2026-12-28 2027-01-03'],
    ['från 30/11', '2026-11-30 …'],
    ['fr.o.m. måndag', '2026-11-30 …'],
    ['t.o.m. fredag', '2026-11-24 2026-11-27'],
    ['till 18/12', '2026-11-24 2026-12-18'],
    ['till och med nästa fredag', '2026-11-24 2026-12-04'],
    ['31/11', 'never'],
    ['30/2', 'never'],
    ['0/11', 'never'],
    ['24/13', 'never'],
    ['v. 54', 'never'],
    ['v. 0', 'never'],
    ['28/11-24/11', 'never'],
    ['2026-11-28--2026-11-24', 'never'],
  ];
  for (const [written, days] of cases) {
    it(`takes "${written}" for ${days}`, () => {
      const said = parseUtterance(`vikarie Eva Ek ${written}`);

      assert.ok(said.kind === 'standIn' && said.standIn === 'Eva Ek', JSON.stringify(said));
      const found = resolveDays(said, TODAY);
      assert.equal(found === undefined ? 'never' : `${found.from} ${found.to ?? '…'}`, days);
    });
  }

  const leap = Temporal.PlainDate.from('2028-02-20');
  it('knows leap days', () => {
    const leapDay: WrittenDay = { kind: 'date', month: 2, day: 29 };

    assert.equal(resolveDays({ from: leapDay, to: leapDay }, leap)?.from.toString(), '2028-02-29');
  });

  it('finds an end that is not before the beginning, or none at all', () => {
    const day: fc.Arbitrary<WrittenDay> = fc.oneof(
      fc.record({ kind: fc.constant('date' as const), month: fc.nat(14), day: fc.nat(33) }),
      fc.record({ kind: fc.constant('relative' as const), days: fc.nat(2) }),
      fc.record({
        kind: fc.constant('weekday' as const),
        weekday: fc.integer({ min: 1, max: 7 }),
        isNextWeek: fc.boolean(),
      }),
      fc.record({ kind: fc.constant('week' as const), week: fc.nat(99) }),
      fc.record({ kind: fc.constant('relativeWeek' as const), weeks: fc.nat(1) }),
    );
    fc.assert(
      fc.property(day, day, fc.nat(2_000), (from, to, later) => {
        const found = resolveDays({ from, to }, TODAY.add({ days: later }));

        if (found?.to === undefined) return;
        const length = found.from.until(found.to).days;
        assert.ok(length >= 0 && length < 366);
      }),
      { numRuns: 1_000 },
    );
  });
});
