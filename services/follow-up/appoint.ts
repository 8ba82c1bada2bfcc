import type { Temporal } from 'temporal-polyfill';
import { recordAudit } from '../audit/record-audit.ts';
import type { School } from '../config/municipality.ts';
import type { Db } from '../storage/database.ts';
import type { Doer, FollowUpDeps } from './change-follow-up.ts';
import { tellOnce } from './notices.ts';

export type AppointDeps = FollowUpDeps;

export interface AppointInput extends Doer {
  readonly pupilId: string;
  readonly staffId: string;
}

export type AppointOutcome =
  /** `before`: who was the contact person until now. */
  { readonly kind: 'appointed'; readonly before: string | undefined } | { readonly kind: 'already' };

/**
 * Makes somebody on the staff a pupil's contact person, in place of whoever was; both are told once. What is open today goes
 * over to them.
 */
export async function appointContactPerson(
  deps: AppointDeps,
  school: School,
  input: AppointInput,
): Promise<AppointOutcome> {
  const at = deps.clock.now();
  return await deps.db.transaction().execute(async (trx) => {
    await lockPupil(trx, input.pupilId);
    const before = await current(trx, input.pupilId);
    if (before?.staffId === input.staffId) return { kind: 'already' };
    if (before !== undefined) await end(trx, school, before, input, at);
    const { id } = await trx
      .insertInto('contactPerson')
      .values({
        pupilId: input.pupilId,
        schoolId: school.id,
        staffId: input.staffId,
        since: at,
        appointedById: input.actor.id,
        appointedByName: input.actor.name,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(trx, school, input, 'contactPerson.appointed', id, at);
    await tellOnce(trx, notice('appointed', school, { id, ...input }, at));
    await takeOverToday(deps, trx, school, input, at);
    return { kind: 'appointed', before: before?.staffId };
  });
}

/** Ends it; whoever was the contact person is told once. False where there was none. */
export async function endContactPerson(
  deps: AppointDeps,
  school: School,
  input: Doer & { readonly pupilId: string },
): Promise<boolean> {
  const at = deps.clock.now();
  return await deps.db.transaction().execute(async (trx) => {
    const before = await current(trx, input.pupilId);
    if (before === undefined) return false;
    await end(trx, school, before, input, at);
    return true;
  });
}

/** Two who appoint in the same second come one after the other, also where there is nobody yet. */
async function lockPupil(trx: Db, pupilId: string): Promise<void> {
  await trx.selectFrom('pupil').select('id').where('id', '=', pupilId).forUpdate().execute();
}

interface Current {
  readonly id: string;
  readonly pupilId: string;
  readonly staffId: string;
}

async function current(trx: Db, pupilId: string): Promise<Current | undefined> {
  return await trx
    .selectFrom('contactPerson')
    .select(['id', 'pupilId', 'staffId'])
    .where('pupilId', '=', pupilId)
    .where('endedAt', 'is', null)
    .forUpdate()
    .executeTakeFirst();
}

async function end(trx: Db, school: School, row: Current, doer: Doer, at: Temporal.Instant): Promise<void> {
  await trx
    .updateTable('contactPerson')
    .set({ endedAt: at, endedById: doer.actor.id, endedByName: doer.actor.name })
    .where('id', '=', row.id)
    .execute();
  await audit(trx, school, { ...doer, ...row }, 'contactPerson.ended', row.id, at);
  await tellOnce(trx, notice('appointmentEnded', school, row, at));
}

/**
 * What nobody has done yet today is theirs; what somebody has begun stays with whoever began. The version stays: it tells
 * what has been done for the pupil, and a card that is a moment old still counts.
 */
async function takeOverToday(
  deps: AppointDeps,
  trx: Db,
  school: School,
  { pupilId, staffId }: AppointInput,
  at: Temporal.Instant,
): Promise<void> {
  const taken = await trx
    .updateTable('followUp')
    .set({ responsibleStaffId: staffId, responsibleRole: 'contactPerson' })
    .where('pupilId', '=', pupilId)
    .where('schoolId', '=', school.id)
    .where('day', '=', dayOf(school, at))
    .where('state', '=', 'open')
    .where('attempts', '=', 0)
    .returningAll()
    .execute();
  for (const followUp of taken) await deps.onChange(trx, followUp);
  if (taken.length > 0) await deps.jobs.enqueue(trx, 'deliver', {});
}

function notice(kind: 'appointed' | 'appointmentEnded', school: School, row: Current, at: Temporal.Instant) {
  const { id: subject, pupilId: pupil, staffId } = row;
  return { kind, subject, staffId, schoolId: school.id, day: dayOf(school, at), details: { pupil }, at };
}

async function audit(
  trx: Db,
  school: School,
  input: Doer & { readonly pupilId: string; readonly staffId: string },
  action: string,
  objectId: string,
  at: Temporal.Instant,
): Promise<void> {
  await recordAudit(trx, {
    at,
    actorId: input.actor.id,
    actorName: input.actor.name,
    action,
    objectId,
    schoolId: school.id,
    conversationId: input.conversationId,
    details: { pupil: input.pupilId, staff: input.staffId },
  });
}

function dayOf(school: School, at: Temporal.Instant): Temporal.PlainDate {
  return at.toZonedDateTimeISO(school.timeZone).toPlainDate();
}
