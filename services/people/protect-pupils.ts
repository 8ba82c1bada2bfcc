import { sql } from 'kysely';
import { batches } from '../storage/batches.ts';
import type { Db } from '../storage/database.ts';

/** Takes away the names of pupils whom some record marks as protected: their own may say so only with the next roster. */
export async function protectPupils(db: Db, ids: Iterable<string>): Promise<void> {
  for (const batch of batches([...ids])) {
    await sql`
      update pupil set is_protected = true, given_name = null, family_name = null
      where id = any(${batch}::text[]) and not is_protected`.execute(db);
  }
}
