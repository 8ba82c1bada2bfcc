import assert from 'node:assert/strict';
import { readSources } from './sources.ts';

const MOST_LINES = 250;
/** Little but a table: one thing, however long. */
const TABLES = ['test/services/follow-up/decide.spec.ts', 'test/services/storage/schema.spec.ts'];

describe('a file', () => {
  it('is about one thing, and no longer than that takes', async () => {
    const long = (await readSources()).filter(({ text }) => text.split('\n').length > MOST_LINES + 1);

    assert.deepEqual(long.map(({ file }) => file).toSorted(), TABLES);
  });
});
