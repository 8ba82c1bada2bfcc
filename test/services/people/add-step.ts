import type { Db } from '../../../services/storage/database.ts';
import { clockTime, MONDAY } from '../../support/small-school.ts';

/** A step about the pupil that is somebody's to do; one of the key `done` has been done. */
export async function addStep(
  db: Db,
  pupil: string,
  key: string,
  owner: { readonly ownerStaffId?: string; readonly ownerAddress?: string },
): Promise<void> {
  const at = clockTime('08:00');
  const about = { pupilId: pupil, schoolId: 'norr', level: key, routineValidFrom: MONDAY };
  const { id } = await db
    .insertInto('routineCase')
    .values({
      ...about,
      state: 'open',
      crossedDay: MONDAY,
      crossing: '{}',
      proposedAt: at,
      acceptedAt: at,
      acceptedById: 'entra karin',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const ended = key === 'done' ? { state: 'done', doneDay: MONDAY, endedAt: at } : { state: 'open' };
  await db
    .insertInto('routineStep')
    .values({
      ...about,
      caseId: id,
      round: 1,
      key,
      place: 0,
      role: 'mentor',
      dueInSchoolDays: 5,
      firstDueDay: MONDAY,
      dueDay: MONDAY,
      openedAt: at,
      ...(ended as { readonly state: 'open' }),
      ...owner,
    })
    .execute();
}
