import type { Db } from '../storage/database.ts';
import type { Named } from './named.ts';

/**
 * Pupils of a school by name, protected ones and those who have left never among them; only of the groups in `groupIds` or
 * named in `pupilIds`, where these are given.
 */
export async function readNamedPupils(
  db: Db,
  schoolId: string,
  only?: { readonly groupIds: readonly string[]; readonly pupilIds: readonly string[] },
): Promise<readonly Named[]> {
  let query = db
    .selectFrom('pupil')
    .select(['id', 'givenName', 'familyName'])
    .where('schoolId', '=', schoolId)
    .where('isProtected', '=', false)
    .where('removedAt', 'is', null)
    .orderBy('id');
  if (only !== undefined) {
    const members = db
      .selectFrom('groupMember')
      .select('pupilId')
      .where('groupId', 'in', ['', ...only.groupIds]);
    query = query.where((eb) => eb.or([eb('id', 'in', members), eb('id', 'in', ['', ...only.pupilIds])]));
  }
  const rows = await query.execute();
  return rows.map(({ id, givenName, familyName }) => ({
    id,
    name: [givenName, familyName].filter(Boolean).join(' '),
  }));
}
