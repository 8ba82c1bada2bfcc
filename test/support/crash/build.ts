import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = resolve(fileURLToPath(import.meta.url), '../../../..');

/** What reads files beside itself, or is native and there for some machines only. */
const NOT_BUNDLED = ['@electric-sql/pglite', 'dtrace-provider', 'pg-native', 'pg-cloudflare'];
/** Packages of the older kind ask for others as they go. */
const REQUIRE =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

export interface Build {
  /** The child's script, as JavaScript. */
  readonly script: string;
  /** A folder that goes with the build. */
  readonly folder: string;
  remove(): Promise<void>;
}

/** Makes one file of the child: each of hundreds of processes would find, read and compile a thousand again. */
export async function buildChild(): Promise<Build> {
  const folder = await mkdtemp(join(tmpdir(), 'sedd-crash-'));
  const script = join(folder, 'child.js');
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  await build({
    entryPoints: [join(root, 'test/support/crash/child.ts')],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: NOT_BUNDLED,
    banner: { js: REQUIRE },
    logLevel: 'error',
  });
  return { script, folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** A copy of a folder, beside it. */
export async function copyFolder(from: string, to: string): Promise<string> {
  await cp(from, to, { recursive: true });
  return to;
}
