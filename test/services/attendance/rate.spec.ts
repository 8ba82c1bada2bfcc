import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addSums, isOver, NO_MINUTES, rate, type Sums } from '../../../services/attendance/rate.ts';

/** Sums as the imports make them: absence within what is reported, that within what was offered. */
const sumsArbitrary: fc.Arbitrary<Sums> = fc
  .tuple(...Array.from({ length: 4 }, () => fc.nat(20_000)))
  .map((parts) => parts.sort((a, b) => a - b))
  .map(([a = 0, b = 0, c = 0, d = 0]) => ({
    offeredMinutes: d,
    reportedMinutes: c,
    validMinutes: b - a,
    invalidMinutes: a,
  }));

function absence(offeredMinutes: number, invalidMinutes: number): Sums {
  return { ...NO_MINUTES, offeredMinutes, reportedMinutes: offeredMinutes, invalidMinutes };
}

describe('rate', () => {
  it('is undefined where nothing was offered', () => {
    assert.deepEqual(rate(NO_MINUTES), {
      absence: undefined,
      valid: undefined,
      invalid: undefined,
      reporting: undefined,
    });
  });

  it('is a share of the offered minutes, with what is not reported as neither absence nor presence', () => {
    const sums = { offeredMinutes: 400, reportedMinutes: 300, validMinutes: 60, invalidMinutes: 20 };

    assert.deepEqual(rate(sums), { absence: 0.2, valid: 0.15, invalid: 0.05, reporting: 0.75 });
  });

  it('is computed from sums and not as a mean of percentages', () => {
    const days = [absence(400, 0), absence(100, 100)];

    assert.equal(rate(addSums(days)).absence, 0.2);
  });

  it('stays between 0 and 1, parts and whole', () => {
    fc.assert(
      fc.property(fc.array(sumsArbitrary, { maxLength: 8 }), (days) => {
        const shares = rate(addSums(days));

        for (const share of Object.values(shares))
          assert.ok(share === undefined || (share >= 0 && share <= 1));
        assert.ok((shares.absence ?? 0) <= (shares.reporting ?? 0));
      }),
    );
  });
});

describe('isOver', () => {
  const cases = [
    { offered: 100, absent: 20, limit: 0.2, isOver: false },
    { offered: 100, absent: 21, limit: 0.2, isOver: true },
    { offered: 5_000, absent: 1_001, limit: 0.2, isOver: true },
    { offered: 100, absent: 29, limit: 0.29, isOver: false },
    { offered: 0, absent: 0, limit: 0, isOver: false },
    { offered: 60, absent: 1, limit: 0, isOver: true },
    { offered: 60, absent: 60, limit: 1, isOver: false },
  ];
  for (const { offered, absent, limit, isOver: expected } of cases) {
    it(`says ${expected} of ${absent} in ${offered} against ${limit}`, () => {
      assert.equal(isOver(absence(offered, absent), limit), expected);
    });
  }

  it('never says over of exactly the limit, whatever the percent', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1000 }),
        fc.integer({ min: 1, max: 300 }),
        (perMille, thousands) => {
          const exactly = absence(thousands * 1000, thousands * perMille);

          assert.equal(isOver(exactly, perMille / 1000), false);
          assert.equal(
            isOver({ ...exactly, invalidMinutes: exactly.invalidMinutes + 1 }, perMille / 1000),
            true,
          );
        },
      ),
    );
  });
});
