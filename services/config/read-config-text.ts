import { readFile, stat } from 'node:fs/promises';
import { ConfigError } from './config-faults.ts';
import { wholeFault } from './yaml-file.ts';

/** More than a file with two hundred schools needs. */
const LONGEST_FILE = 2_000_000;

/** Reads a settings file. Fails with a `ConfigError`, which says `remedy`. */
export async function readConfigText(path: string, remedy: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > LONGEST_FILE) throw wholeFault(path, 'The file is far larger than any such file');
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    const reason = code === 'ENOENT' ? 'There is no such file' : `The file cannot be read (${code})`;
    throw wholeFault(path, reason, remedy);
  }
}
