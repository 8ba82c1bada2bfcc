import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Compiles Sedd as for an installation, out of the way of the checkout's own build; answers the path of its `main`. */
export async function compileSedd(): Promise<string> {
  // Below node_modules, so that the packages are found from there.
  const folder = join(root, 'node_modules', '.cache', 'sedd-bench');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const args = [tsc, '-p', join(root, 'tsconfig.build.json'), '--outDir', folder];
  const run = promisify(execFile);
  await run(process.execPath, args, { cwd: root });
  await run(process.execPath, [join(root, 'scripts', 'copy-assets.mjs'), folder], { cwd: root });
  return join(folder, 'bot', 'main.js');
}
