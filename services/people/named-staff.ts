import type { Db } from '../storage/database.ts';
import type { Named } from './named.ts';

/** Everybody on the staff, by name. */
export async function readNamedStaff(db: Db): Promise<readonly Named[]> {
  const rows = await db
    .selectFrom('staff')
    .select(['id', 'givenName', 'familyName'])
    .where('removedAt', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(({ id, givenName, familyName }) => ({ id, name: `${givenName} ${familyName}`.trim() }));
}
