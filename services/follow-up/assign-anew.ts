import type { Temporal } from 'temporal-polyfill';
import { dayAt } from '../clock.ts';
import type { School } from '../config/municipality.ts';
import { groupOf, mentorGroups } from '../people/mentor-groups.ts';
import { readResponsibilities, responsibleFor } from '../people/responsible.ts';
import type { Db } from '../storage/database.ts';
import type { FollowUpDeps } from './change-follow-up.ts';

/**
 * Brings who answers for what is open today in line with who is a contact person and who is away by now. What somebody has
 * begun, or has been handed, stays with them. The version stays: it tells what has been done for the pupil, and a card that
 * is a moment old still counts.
 */
export async function assignAnew(
  deps: Pick<FollowUpDeps, 'jobs' | 'onChange'>,
  trx: Db,
  school: School,
  at: Temporal.Instant,
): Promise<void> {
  const day = dayAt(at, school);
  const untouched = await trx
    .selectFrom('followUp')
    .select(['id', 'pupilId', 'responsibleStaffId', 'responsibleRole'])
    .where('schoolId', '=', school.id)
    .where('day', '=', day)
    .where('state', '=', 'open')
    .where('attempts', '=', 0)
    .where((eb) => eb.or([eb('responsibleRole', 'is', null), eb('responsibleRole', '!=', 'handedOver')]))
    .orderBy('id')
    .forUpdate()
    .execute();
  if (untouched.length === 0) return;
  const groups = await mentorGroups({ db: trx }, school.id);
  const responsibilities = await readResponsibilities(trx, school.id, day);
  let moved = 0;
  for (const { id, pupilId, ...before } of untouched) {
    const now = responsibleFor(pupilId, groupOf(groups, pupilId), responsibilities);
    const after = { responsibleStaffId: now?.staffId ?? null, responsibleRole: now?.role ?? null };
    if (
      before.responsibleStaffId === after.responsibleStaffId &&
      before.responsibleRole === after.responsibleRole
    )
      continue;
    const followUp = await trx
      .updateTable('followUp')
      .set(after)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await deps.onChange(trx, followUp);
    moved += 1;
  }
  if (moved > 0) await deps.jobs.enqueue(trx, 'deliver', {});
}
