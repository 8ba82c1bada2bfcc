import assert from 'node:assert/strict';
import { neutralReference } from '../../../services/people/neutral-reference.ts';

describe('neutralReference', () => {
  const told: readonly (readonly [string, string])[] = [
    ['3f2a91c4-7b1d-4e0a-9c55-0a1b2c3d4e5f', '3F2A91C4'],
    ['3F2A91C47B1D', '3F2A91C4'],
    ['p3', '3'],
  ];
  for (const [id, reference] of told) {
    it(`is of ${id} ${reference}`, () => assert.equal(neutralReference(id), reference));
  }
});
