import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';
import type { Named } from './named.ts';
import { readNamedPupils } from './named-pupils.ts';
import { awayColleagues } from './roster-roles.ts';

/**
 * The pupils whom somebody answers for at a school: those of the groups that they are a mentor of, those whose contact person
 * they are, those who are theirs today, and the same of whoever they stand in for. Nobody else's name can be fished for.
 */
export async function readOwnPupils(
  db: Db,
  staffId: string,
  schoolId: string,
  day: Temporal.PlainDate,
): Promise<readonly Named[]> {
  const staffIds = [staffId, ...(await awayColleagues(db, staffId, day))];
  const groups = await db
    .selectFrom('groupMentor')
    .innerJoin('schoolGroup', 'schoolGroup.id', 'groupMentor.groupId')
    .select('groupMentor.groupId')
    .where('groupMentor.staffId', 'in', staffIds)
    .where('schoolGroup.removedAt', 'is', null)
    .execute();
  const contact = await db
    .selectFrom('contactPerson')
    .select('pupilId')
    .where('staffId', 'in', staffIds)
    .where('endedAt', 'is', null)
    .execute();
  const today = await db
    .selectFrom('followUp')
    .select('pupilId')
    .where('responsibleStaffId', 'in', staffIds)
    .where('day', '=', day)
    .execute();
  return await readNamedPupils(db, schoolId, {
    groupIds: groups.map((row) => row.groupId),
    pupilIds: [...contact, ...today].map((row) => row.pupilId),
  });
}
