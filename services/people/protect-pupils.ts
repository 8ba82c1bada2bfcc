import { sql } from 'kysely';
import { batches } from '../storage/batches.ts';
import type { Db } from '../storage/database.ts';

/** What has changed of pupils for whoever shows them; ids, and not for the log. */
export interface PeopleNews {
  /** Pupils whose names were known, and who are protected from now on. */
  readonly protectedIds: readonly string[];
}

/** Called in the transaction of a reading that has changed something. */
export type PeopleListener = (db: Db, news: PeopleNews) => Promise<void>;

/** Those of the pupils whose names are known. */
export async function namedAmong(db: Db, ids: Iterable<string>): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from pupil where id = any(${[...ids]}::text[]) and not is_protected`.execute(db);
  return rows.map((row) => row.id);
}

/**
 * Takes away the names of pupils whom some record marks as protected: their own may say so only with the next roster. Answers
 * those whose names were known until now.
 */
export async function protectPupils(db: Db, ids: Iterable<string>): Promise<readonly string[]> {
  const named: string[] = [];
  for (const batch of batches([...ids])) {
    const { rows } = await sql<{ id: string }>`
      update pupil set is_protected = true, given_name = null, family_name = null
      where id = any(${batch}::text[]) and not is_protected
      returning id`.execute(db);
    named.push(...rows.map((row) => row.id));
  }
  return named;
}
