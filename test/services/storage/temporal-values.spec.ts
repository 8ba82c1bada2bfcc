import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { instantText } from '../../../services/storage/temporal-values.ts';

describe('instantText', () => {
  /** What PostgreSQL knows of: microseconds, from year 1 to 9999. */
  const microseconds = fc.bigInt({ min: -62_135_596_800_000_000n, max: 253_402_300_799_999_999n });

  it('says the very instant, to the microsecond', () => {
    fc.assert(
      fc.property(microseconds, (each) => {
        const instant = Temporal.Instant.fromEpochNanoseconds(each * 1_000n);
        assert.ok(Temporal.Instant.from(instantText(instant)).equals(instant));
      }),
    );
  });

  for (const text of ['2026-11-23T07:45:00.000Z', '2026-10-25T00:59:59.999Z', '1969-12-31T23:59:59.999Z']) {
    it(`is in UTC: ${text}`, () => assert.equal(instantText(Temporal.Instant.from(text)), text));
  }
});
