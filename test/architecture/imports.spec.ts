import assert from 'node:assert/strict';
import { importFaults } from './imports.ts';
import { readSources } from './sources.ts';

describe('the direction of imports', () => {
  it('keeps to the table in every file', async () => {
    const sources = await readSources();

    const faults = sources.flatMap(({ file, text }) => importFaults(file, text));

    assert.ok(sources.length > 50);
    assert.deepEqual(faults, []);
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
