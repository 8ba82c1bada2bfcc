import assert from 'node:assert/strict';
import fc from 'fast-check';
import { pageOfItems } from '../../cards/pages.ts';

describe('pages', () => {
  it('hold everything once and in order, and none is empty or too heavy', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 1, maxLength: 80 }), (items) => {
        const { pages } = pageOfItems(items, 0, (bytes) => bytes);
        const all = Array.from({ length: pages }, (_, page) => pageOfItems(items, page, (bytes) => bytes));

        assert.deepEqual(
          all.flatMap((page) => page.items),
          items,
        );
        for (const page of all) {
          assert.ok(page.items.length > 0);
          assert.ok(page.items.reduce((sum, bytes) => sum + bytes, 0) <= 19_000);
        }
      }),
    );
  });

  it('are the last one where the one that is asked for is not there any more', () => {
    const { items, page, pages } = pageOfItems([1, 2], 7, () => 15_000);

    assert.deepEqual({ items, page, pages }, { items: [2], page: 1, pages: 2 });
    assert.deepEqual(
      pageOfItems([], 3, () => 1),
      { items: [], page: 0, pages: 1 },
    );
  });
});
