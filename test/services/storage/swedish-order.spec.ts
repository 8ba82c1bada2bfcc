import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');

/** An order by a name that the database would make: PGlite puts å, ä and ö before z. Names are ordered in Node. */
function namesOrderedBySql(source: string): readonly string[] {
  return source.match(/(?:\.orderBy\(|\border\s+by\b)[^)`;]*name\b/gi) ?? [];
}

describe('the order of names', () => {
  it('is never left to the database', async () => {
    const found: string[] = [];
    for (const folder of ['services', 'bot', 'cards', 'demo']) {
      const files = await readdir(join(root, folder), { recursive: true });
      for (const file of files.filter((name) => name.endsWith('.ts'))) {
        const orders = namesOrderedBySql(await readFile(join(root, folder, file), 'utf8'));
        found.push(...orders.map((order) => `${folder}/${file}: ${order}`));
      }
    }

    assert.deepEqual(found, []);
  });

  for (const planted of [
    ".orderBy('familyName')",
    ".orderBy('pupil.givenName', 'desc')",
    '.orderBy(["id", "name"])',
    'order by school_group.name',
    'order by grade, family_name',
    'ORDER BY\n  pupil.family_name',
  ]) {
    it(`would be found: ${JSON.stringify(planted)}`, () => {
      assert.equal(namesOrderedBySql(planted).length, 1);
    });
  }

  it('is not confused with the order of anything else', () => {
    const source = ".orderBy('post.createdAt')\n.select('name') `order by lesson.starts_at` + name";

    assert.deepEqual(namesOrderedBySql(source), []);
  });

  it('is the Swedish one in Node, with its own place for å, ä and ö', () => {
    const names = ['Öberg', 'Zetterlund', 'Åkesson', 'Andersson', 'Ärlig', 'von Essen', 'Wallin', 'Viklund'];

    const ordered = names.toSorted(new Intl.Collator('sv').compare);

    assert.deepEqual(ordered, [
      ...['Andersson', 'Viklund', 'von Essen', 'Wallin', 'Zetterlund'],
      ...['Åkesson', 'Ärlig', 'Öberg'],
    ]);
  });
});
