import type { Temporal } from 'temporal-polyfill';
import type { School } from '../config/municipality.ts';
import { groupOf, mentorGroups } from '../people/mentor-groups.ts';
import { readResponsibilities, responsibleFor } from '../people/responsible.ts';
import type { Db } from '../storage/database.ts';
import type { FollowUpDeps } from './change-follow-up.ts';
import type { FollowUpRow } from './follow-up.ts';
import type { Rung } from './ladder.ts';
import { tellOnce } from './notices.ts';

/**
 * Brings who answers for what is open today in line with who is a contact person and who is away by now. What somebody has
 * begun, or has been handed, stays with them. Whoever it comes to after it was due is told. The version stays: it tells what has been done for the pupil, and a card that
 * is a moment old still counts.
 */
export async function assignAnew(
  deps: Pick<FollowUpDeps, 'jobs' | 'onChange'>,
  trx: Db,
  school: School,
  at: Temporal.Instant,
): Promise<void> {
  const day = at.toZonedDateTimeISO(school.timeZone).toPlainDate();
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
    if (after.responsibleStaffId !== before.responsibleStaffId) await tellTaken(trx, followUp, at);
    moved += 1;
  }
  if (moved > 0) await deps.jobs.enqueue(trx, 'deliver', {});
}

/** Where the reminder has gone out to whoever answered before, it does not come again: whoever answers now is told instead, once. */
async function tellTaken(trx: Db, followUp: FollowUpRow, at: Temporal.Instant): Promise<void> {
  const { id, pupilId: pupil, schoolId, day, responsibleStaffId: staffId } = followUp;
  if (staffId === null || !(await isReminded(trx, id))) return;
  const details = { followUp: id, pupil };
  await tellOnce(trx, { kind: 'handedOver', subject: `${id}/assigned`, staffId, schoolId, day, details, at });
}

async function isReminded(trx: Db, followUpId: string): Promise<boolean> {
  const due: Rung = 'due';
  const taken = await trx
    .selectFrom('reminder')
    .select('rung')
    .where('followUpId', '=', followUpId)
    .where('rung', '=', due)
    .executeTakeFirst();
  return taken !== undefined;
}
