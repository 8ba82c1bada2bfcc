import { chmod, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SeddError } from '../errors.ts';

/** The major version of PostgreSQL that PGlite is, and that its files are bound to. */
export const POSTGRESQL_MAJOR = '18';

/** Where in the data folder the database keeps its files. */
export function databaseFolder(dataDir: string): string {
  return join(dataDir, 'postgresql');
}

/**
 * Makes the data folder, if need be, and the folder of the database in it, which nobody else may enter: PGlite makes its
 * files readable for all whatever the umask says. A folder that was there keeps its mode, for it may be shared.
 * Fails with `storage.folder`.
 */
export async function prepareFolder(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await mkdir(databaseFolder(dataDir), { recursive: true, mode: 0o700 });
    await chmod(databaseFolder(dataDir), 0o700);
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    throw new SeddError(
      'storage.folder',
      `The data folder ${dataDir} cannot be used (${why}). Give Sedd a folder that it may write to with SEDD_DATA_DIR.`,
      { folder: dataDir, why },
      cause,
    );
  }
}

/** Whether a database is in the folder already. Fails with `storage.otherMajor` where another PostgreSQL made it. */
export async function hasDatabase(dataDir: string): Promise<boolean> {
  const major = await readMajor(dataDir);
  if (major === undefined || major === POSTGRESQL_MAJOR) return major !== undefined;
  throw new SeddError(
    'storage.otherMajor',
    `The database in ${dataDir} was made by PostgreSQL ${major.slice(0, 20)}, and this version of Sedd has ${POSTGRESQL_MAJOR}. Start the version of Sedd that made it, or give this one an empty folder with SEDD_DATA_DIR.`,
    { folder: dataDir, major: major.slice(0, 20) },
  );
}

async function readMajor(dataDir: string): Promise<string | undefined> {
  try {
    return (await readFile(join(databaseFolder(dataDir), 'PG_VERSION'), 'utf8')).trim();
  } catch {
    // Not there, or not to be read: opening the database will tell.
    return undefined;
  }
}
