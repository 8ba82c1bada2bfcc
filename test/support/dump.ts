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

/** Takes every row out of the tables. */
export async function empty(db: Db, tables: readonly string[]): Promise<void> {
  await sql`truncate ${sql.join(tables.map((table) => sql.table(table)))}`.execute(db);
}
