import type { Db } from '../storage/database.ts';

/** The schools where somebody is a mentor or a contact person, the one with most of their pupils first. */
export async function schoolsOfStaff(db: Db, staffId: string): Promise<readonly string[]> {
  const mentored = await db
    .selectFrom('groupMentor')
    .innerJoin('schoolGroup', 'schoolGroup.id', 'groupMentor.groupId')
    .select('schoolGroup.schoolId')
    .where('groupMentor.staffId', '=', staffId)
    .where('schoolGroup.removedAt', 'is', null)
    .execute();
  const contact = await db
    .selectFrom('contactPerson')
    .select('schoolId')
    .where('staffId', '=', staffId)
    .where('endedAt', 'is', null)
    .execute();
  const counts = new Map<string, number>();
  for (const { schoolId } of [...mentored, ...contact]) counts.set(schoolId, (counts.get(schoolId) ?? 0) + 1);
  return [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([schoolId]) => schoolId);
}
