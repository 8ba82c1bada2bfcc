import assert from 'node:assert/strict';
import fc from 'fast-check';
import { batches } from '../../../services/storage/batches.ts';

describe('batches', () => {
  it('gives nothing of nothing', () => assert.deepEqual([...batches([])], []));

  it('splits no item, even where it alone is too large', () => {
    const sizes = [1, 5, 1, 1, 1];

    assert.deepEqual([...batches(sizes, 2, (size) => size)], [[1], [5], [1, 1], [1]]);
  });

  it('keeps every item, in order, and no batch above its size', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 10 }), (items, size) => {
        const all = [...batches(items, size)];

        assert.deepEqual(all.flat(), items);
        assert.ok(all.every((batch) => batch.length > 0 && batch.length <= size));
      }),
    );
  });
});
