import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { importFaults } from './imports.ts';

const root = join(import.meta.dirname, '../..');
const folders = ['bot', 'cards', 'services', 'locales', 'manifest', 'demo', 'scripts', 'bench', 'test'];

describe('the direction of imports', () => {
  it('keeps to the table in every file', async () => {
    const files = await sourceFiles();

    const faults = await Promise.all(
      files.map(async (file) => importFaults(file, await readFile(join(root, file), 'utf8'))),
    );

    assert.ok(files.length > 50);
    assert.deepEqual(faults.flat(), []);
  });

  const planted: readonly { name: string; file: string; source: string }[] = [
    {
      name: 'a service that shows a card',
      file: 'services/posts/a.ts',
      source: "import { x } from '../../cards/x.ts';",
    },
    {
      name: 'a service that knows the SDK',
      file: 'services/posts/a.ts',
      source: "import { x } from 'botbuilder';",
    },
    {
      name: 'a card that answers turns',
      file: 'cards/a.ts',
      source: "import type { x } from '../bot/x.ts';",
    },
    {
      name: 'a locale that reads data',
      file: 'locales/a.ts',
      source: "export { x } from '../services/x.ts';",
    },
    {
      name: 'a feature that stands on one above it',
      file: 'services/people/a.ts',
      source: "import '../morning/x.ts';",
    },
    { name: 'a dynamic import', file: 'services/posts/a.ts', source: "await import('../../bot/x.ts');" },
    {
      name: 'an import over several lines',
      file: 'services/posts/a.ts',
      source: "import {\n  a,\n  b,\n} from '../../bot/x.ts';",
    },
  ];
  for (const { name, file, source } of planted) {
    it(`finds ${name}`, () => {
      assert.equal(importFaults(file, source).length, 1);
    });
  }

  it('lets a feature use what is below it', () => {
    const source =
      "import { z } from 'zod';\nimport { x } from '../posts/x.ts';\nimport { y } from './y.ts';";

    assert.deepEqual(importFaults('services/morning/a.ts', source), []);
  });
});

async function sourceFiles(): Promise<readonly string[]> {
  const lists = await Promise.all(folders.map((folder) => readdir(join(root, folder), { recursive: true })));
  return lists.flatMap((list, index) =>
    list
      .filter((file) => file.endsWith('.ts'))
      .map((file) => `${folders[index]}/${file.replaceAll('\\', '/')}`),
  );
}
