import { sql } from 'kysely';
import type { Db } from '../../services/storage/database.ts';

/** Every row of the tables, in a fixed order, to compare two states of a database. */
export async function dump(
  db: Db,
  tables: readonly string[],
): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const entries: [string, readonly unknown[]][] = [];
  for (const table of tables) {
    const { rows } = await sql<{ row: unknown }>`
      select to_jsonb(one) as row from ${sql.table(table)} as one order by to_jsonb(one)::text collate "C"`.execute(
      db,
    );
    entries.push([table, rows.map(({ row }) => row)]);
  }
  return Object.fromEntries(entries);
}

/** Takes every row out of the tables. The job engine may be at its upkeep: whoever loses a deadlock to it tries again. */
export async function empty(db: Db, tables: readonly string[], tries = 5): Promise<void> {
  try {
    await sql`truncate ${sql.join(tables.map((table) => sql.table(table)))}`.execute(db);
  } catch (error) {
    if (tries <= 1 || (error as { readonly code?: unknown }).code !== DEADLOCK) throw error;
    await empty(db, tables, tries - 1);
  }
}

const DEADLOCK = '40P01';
