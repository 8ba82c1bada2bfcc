import { sql } from 'kysely';
import { batches } from '../storage/batches.ts';
import type { Db } from '../storage/database.ts';

/** How many of the pupils the roster has never named. */
export async function countUnknown(db: Db, pupilIds: ReadonlySet<string>): Promise<number> {
  const { rows } = await sql<{ unknown: number }>`
    select count(*)::int as unknown from json_array_elements_text(${JSON.stringify([...pupilIds])}::json) as given (id)
    where not exists (select from pupil where pupil.id = given.id)`.execute(db);
  return rows[0]?.unknown ?? 0;
}

/**
 * The groups' members who have not left: those who are expected in their lessons. A member whom the roster has yet to name
 * is one.
 */
export async function readMembers(
  db: Db,
  groupIds: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const members = new Map<string, string[]>();
  for (const ids of batches(groupIds)) {
    const rows = await db
      .selectFrom('groupMember')
      .leftJoin('pupil', 'pupil.id', 'groupMember.pupilId')
      .select(['groupMember.groupId', 'groupMember.pupilId'])
      .where('groupMember.groupId', 'in', ids)
      .where('pupil.removedAt', 'is', null)
      .execute();
    for (const { groupId, pupilId } of rows) members.set(groupId, [...(members.get(groupId) ?? []), pupilId]);
  }
  return members;
}
