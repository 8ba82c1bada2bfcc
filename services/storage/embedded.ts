import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { PGlite, type QueryOptions, type Results } from '@electric-sql/pglite';
import { PGliteDialect } from 'kysely';
import { SeddError } from '../errors.ts';
import { databaseFolder, hasDatabase, prepareFolder } from './data-folder.ts';
import { embeddedCode } from './embedded-code.ts';
import { lockFolder } from './folder-lock.ts';
import { FsyncFiles } from './fsync-files.ts';
import { PreparedStatements } from './prepared.ts';
import { parsers } from './temporal-values.ts';

export interface EmbeddedOptions {
  /** Undefined: in memory, gone with the process. */
  readonly dataDir: string | undefined;
  /** A folder's contents to begin with, as `dumpDataDir` gives them; of no use where a database is there already. */
  readonly template?: Blob | undefined;
}

export interface Embedded {
  readonly pglite: PGlite;
  close(): Promise<void>;
}

const PROFILE = ['shared_buffers=32MB', 'max_wal_size=96MB', 'min_wal_size=48MB'];
const ON_DISK = ['fsync=on', 'wal_sync_method=fsync'];

/**
 * PostgreSQL inside this process, in a locked folder that nobody else may read, or in memory.
 * Fails with `storage.locked`, `storage.folder`, `storage.otherMajor` or `storage.unreadable`.
 */
export async function openEmbedded({ dataDir, template }: EmbeddedOptions): Promise<Embedded> {
  if (dataDir === undefined) {
    const begin = { ...beginning(template), pgliteWasmModule: await embeddedCode() };
    const pglite = await PGlite.create({ ...begin, startParams: startParams(PROFILE) });
    return { pglite, close: () => pglite.close() };
  }
  await prepareFolder(dataDir);
  const lock = await lockFolder(dataDir);
  try {
    const pglite = await onDisk(dataDir, template);
    return { pglite, close: () => pglite.close().finally(() => lock.release()) };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function beginning(template: Blob | undefined): { readonly loadDataDir?: Blob } {
  return template === undefined ? {} : { loadDataDir: template };
}

async function onDisk(dataDir: string, template: Blob | undefined): Promise<PGlite> {
  const begin = (await hasDatabase(dataDir)) ? {} : beginning(template);
  try {
    return await PGlite.create({
      ...begin,
      pgliteWasmModule: await embeddedCode(),
      fs: new FsyncFiles(databaseFolder(dataDir)),
      startParams: startParams([...PROFILE, ...ON_DISK]),
    });
  } catch (cause) {
    throw new SeddError(
      'storage.unreadable',
      `The database in ${dataDir} cannot be opened: it is damaged, or something else lies in its folder. Restore a backup, or give Sedd an empty folder with SEDD_DATA_DIR.`,
      { folder: dataDir },
      cause,
    );
  }
}

/** PGlite's own parameters without `-F`, which turns fsync off. */
function startParams(settings: readonly string[]): string[] {
  const own = PGlite.defaultStartParams.filter((parameter) => parameter !== '-F');
  return [...own, ...settings.flatMap((setting) => ['-c', setting])];
}

/**
 * A Kysely dialect that reads our types, and keeps what it has asked as prepared statements. Whoever else uses the database,
 * such as the job engine, gets its own.
 */
export function embeddedDialect(pglite: PGlite): PGliteDialect {
  const prepared = new PreparedStatements(pglite, parsers);
  const query: Query = async (text, values = [], options) => {
    if (!prepared.isFit(text, values)) return await pglite.query(text, values, { ...options, parsers });
    await pglite.waitReady;
    // A transaction that is open comes to its end first.
    return await pglite._runExclusiveTransaction(() => prepared.query(text, values));
  };
  return new PGliteDialect({
    pglite: {
      waitReady: pglite.waitReady,
      get closed() {
        return pglite.closed;
      },
      get ready() {
        return pglite.ready;
      },
      close: async () => {},
      query: (text, values, options) => breathing(query(text, values, options)),
      transaction: (callback) =>
        pglite.transaction((trx) =>
          callback({
            rollback: () => trx.rollback(),
            query: (text, values = [], options) =>
              breathing(
                prepared.isFit(text, values)
                  ? prepared.query(text, values)
                  : trx.query(text, values, { ...options, parsers }),
              ),
          }),
        ),
    },
  } as ConstructorParameters<typeof PGliteDialect>[0]);
}

type Query = (text: string, values?: unknown[], options?: QueryOptions) => Promise<Results<unknown>>;

/** PGlite answers without a turn of the event loop: an import of many statements would let nothing else happen meanwhile. */
async function breathing<T>(answer: Promise<T>): Promise<T> {
  const value = await answer;
  await turnOfTheLoop();
  return value;
}
