import { cp } from 'node:fs/promises';
import { extname, join } from 'node:path';

/**
 * The last step of `npm run build`: beside the compiled code go the files that it reads and that are no TypeScript, such as
 * the manifest's icons. Runs as it stands, without the development tools; the target may be given.
 */
const root = join(import.meta.dirname, '..');
const target = process.argv[2] ?? join(root, 'dist');

for (const folder of ['bot', 'cards', 'services', 'locales', 'manifest', 'demo']) {
  await cp(join(root, folder), join(target, folder), {
    recursive: true,
    filter: (path) => extname(path) !== '.ts',
  });
}
// What a municipality without a routine of its own has.
await cp(join(root, 'config/routine.yaml'), join(target, 'config/routine.yaml'));
