import { type Kysely, sql } from 'kysely';

/** Runs each statement of each part; no statement holds a semicolon of its own. */
export async function runStatements(db: Kysely<unknown>, parts: readonly string[]): Promise<void> {
  for (const statement of parts.flatMap((part) => part.split(';'))) {
    if (statement.trim() !== '') await sql.raw(statement).execute(db);
  }
}
