import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const TOLD = /\.toZonedDateTimeISO\([^)]*\)\s*\.toPlainDate\(\)/;

describe('the day that it is at a school', () => {
  it('is told by one function', async () => {
    const files = await sources(['bot', 'cards', 'services']);

    const tellers = files.filter(({ text }) => TOLD.test(text));

    assert.ok(files.length > 50);
    assert.deepEqual(
      tellers.map(({ file }) => file),
      ['services/clock.ts'],
    );
  });

  it('is found where it is told once more', () => {
    const planted = 'deps.clock\n  .now()\n  .toZonedDateTimeISO(school.timeZone)\n  .toPlainDate()';

    assert.match(planted, TOLD);
  });
});

async function sources(folders: readonly string[]) {
  const lists = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(join(root, folder), { recursive: true }))
        .filter((name) => name.endsWith('.ts'))
        .map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
    ),
  );
  return await Promise.all(
    lists.flat().map(async (file) => ({ file, text: await readFile(join(root, file), 'utf8') })),
  );
}
