import assert from 'node:assert/strict';
import { readSources } from './sources.ts';

const ASKED = /\.(?:selectFrom|insertInto|updateTable|deleteFrom|mergeInto)\(|\bsql(?:<[^>]*>)?`/;
/** What tells how Sedd itself is doing, over tables of several features. */
const TOLD_OF_ITSELF = ['bot/health.ts', 'bot/status-report.ts'];

describe('the tables of the database', () => {
  it('are asked by the feature that owns them, not at the edge', async () => {
    const files = await readSources(['bot']);

    const asking = files.filter(({ text }) => ASKED.test(text)).map(({ file }) => file);

    assert.ok(files.length > 50);
    assert.deepEqual(asking.toSorted(), TOLD_OF_ITSELF);
  });

  for (const planted of ["await db\n  .selectFrom('binding')", 'await sql<Row>`select 1`', 'sql`select 1`']) {
    it(`are found to be asked by ${planted}`, () => {
      assert.match(planted, ASKED);
    });
  }
});
