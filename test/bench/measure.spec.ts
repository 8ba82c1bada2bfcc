import assert from 'node:assert/strict';
import { median, quantile, within } from '../../bench/measure.ts';

describe('quantile', () => {
  const cases: readonly (readonly [readonly number[], number, number])[] = [
    [[3], 0.5, 3],
    [[5, 1, 3], 0.5, 3],
    [[4, 1, 3, 2], 0.99, 4],
    [[4, 1, 3, 2], 0, 1],
    [[4, 1, 3, 2], 1, 4],
  ];
  for (const [values, share, expected] of cases) {
    it(`of ${share} in ${values.join(', ')} is ${expected}`, () => {
      assert.equal(quantile(values, share), expected);
    });
  }

  it('of nothing is nothing', () => {
    assert.ok(Number.isNaN(median([])));
  });
});

describe('within', () => {
  it('gives what the work gives', async () => {
    assert.equal(await within(1_000, 'work', Promise.resolve(7)), 7);
  });

  it('says what took too long', async () => {
    await assert.rejects(within(1, 'waiting', new Promise(() => {})), /waiting took longer than 0\.001 s/);
  });
});
