import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = resolve(fileURLToPath(import.meta.url), '../../../..');

export interface Build {
  /** The child's script, as JavaScript. */
  readonly script: string;
  /** A folder that goes with the build. */
  readonly folder: string;
  remove(): Promise<void>;
}

/** Compiles the child once: started from TypeScript, each of hundreds of processes would compile it again. */
export async function buildChild(): Promise<Build> {
  const folder = await mkdtemp(join(tmpdir(), 'sedd-crash-'));
  const config = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: { noEmit: false, noCheck: true, rootDir: root, outDir: folder, types: [] },
    files: [join(root, 'test/support/crash/child.ts')],
    include: [],
  };
  const configFile = join(folder, 'tsconfig.json');
  await writeFile(configFile, JSON.stringify(config));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  await promisify(execFile)(process.execPath, [
    join(root, 'node_modules/typescript/bin/tsc'),
    '-p',
    configFile,
  ]);
  return {
    script: join(folder, 'test/support/crash/child.js'),
    folder,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A copy of a folder, beside it. */
export async function copyFolder(from: string, to: string): Promise<string> {
  await cp(from, to, { recursive: true });
  return to;
}
