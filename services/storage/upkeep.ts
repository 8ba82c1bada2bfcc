import type { PGlite } from '@electric-sql/pglite';
import type { Log } from '../log.ts';
import type { Storage } from './database.ts';

const CHECKPOINT_MS = 60_000;
/** Once an hour, counted in checkpoints. */
const VACUUM_EVERY = 60;

/**
 * What a PostgreSQL server does by itself and PGlite does not: checkpoints, or the log grows without end and the next start
 * is slow; and vacuum. Does nothing on a server. Returns how to stop it.
 */
export function startUpkeep({
  storage,
  log,
}: {
  readonly storage: Storage;
  readonly log: Log;
}): () => Promise<void> {
  if (!('pglite' in storage.raw)) return async () => {};
  const { pglite } = storage.raw;
  let round = 0;
  let current = Promise.resolve();
  const timer = setInterval(() => {
    round += 1;
    current = upkeep(pglite, round % VACUUM_EVERY === 0).catch((error: unknown) => {
      log.error(
        { err: error },
        'The upkeep of the database failed; look at the disk that holds the data folder',
      );
    });
  }, CHECKPOINT_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await current;
  };
}

/** One round of upkeep: a checkpoint, and where it is time a vacuum, table by table so that nobody waits for long. */
export async function upkeep(pglite: PGlite, withVacuum: boolean): Promise<void> {
  await pglite.exec('checkpoint');
  // A statement that was planned while its tables were small is planned anew for what they are now.
  await pglite.exec('discard plans');
  if (!withVacuum) return;
  for (const table of await ownTables(pglite)) await pglite.exec(`vacuum (analyze) ${table}`);
}

/** Sedd's own tables and the job engine's, quoted. */
async function ownTables(pglite: PGlite): Promise<readonly string[]> {
  const { rows } = await pglite.query<{ table: string }>(
    `select format('%I.%I', schemaname, tablename) as table from pg_tables
     where schemaname in ('public', 'pgboss') order by 1`,
  );
  return rows.map((row) => row.table);
}
