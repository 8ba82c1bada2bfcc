import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { SeddError } from '../errors.ts';
import type { Db } from './database.ts';
import { migrations } from './migrations/index.ts';

/**
 * Applies the migrations that are missing, under a lock: several processes may start at once. Forward only.
 * Fails with `storage.newer` where the database was made by a later version of Sedd, otherwise with `storage.migration`.
 */
export async function migrate(db: Db): Promise<void> {
  if (await isCurrent(db)) return;
  const migrator = new Migrator({
    db: db.withoutPlugins(),
    provider: { getMigrations: async () => migrations },
    migrationTableName: 'sedd_migration',
    migrationLockTableName: 'sedd_migration_lock',
  });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  if (error instanceof Error && error.message.includes('previously executed migration')) {
    throw new SeddError(
      'storage.newer',
      'The database was made by a later version of Sedd than this one. Start that version, or restore a backup from before.',
      {},
      error,
    );
  }
  const why = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  throw new SeddError(
    'storage.migration',
    `The tables could not be brought to this version (${why}). Sedd’s database user must own its database; nothing has been changed.`,
    { why },
    error,
  );
}

/**
 * Whether these migrations have been applied and no others. The migrator would find that out too, by looking at every table:
 * a start on PGlite waits for nothing longer.
 */
async function isCurrent(db: Db): Promise<boolean> {
  const { rows: found } = await sql<{ readonly table: string | null }>`
    select to_regclass('sedd_migration')::text as table`.execute(db);
  if (found[0]?.table == null) return false;
  const { rows } = await sql<{ readonly name: string }>`
    select name from sedd_migration`.execute(db);
  const applied = rows.map(({ name }) => name).sort();
  return applied.join() === Object.keys(migrations).sort().join();
}
