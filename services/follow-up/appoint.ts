import type { Temporal } from 'temporal-polyfill';
import { recordAudit } from '../audit/record-audit.ts';
import { dayAt } from '../clock.ts';
import type { School } from '../config/municipality.ts';
import type { Db } from '../storage/database.ts';
import { assignAnew } from './assign-anew.ts';
import type { Doer, FollowUpDeps } from './change-follow-up.ts';
import { tellOnce } from './notices.ts';

export interface AppointDeps extends FollowUpDeps {
  /** Called in the same transaction with who has been appointed, or was already: whatever waits for it is done. */
  readonly onAppointed?: ((db: Db, school: School, input: AppointInput) => Promise<void>) | undefined;
}

export interface AppointInput extends Doer {
  readonly pupilId: string;
  readonly staffId: string;
}

export type AppointOutcome =
  /** `before`: who was the contact person until now. */
  { readonly kind: 'appointed'; readonly before: string | undefined } | { readonly kind: 'already' };

/**
 * Makes somebody on the staff a pupil's contact person, in place of whoever was; both are told once. What is open today and
 * nobody has begun goes over to them.
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
    if (before?.staffId === input.staffId) {
      await deps.onAppointed?.(trx, school, input);
      return { kind: 'already' };
    }
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
    await assignAnew(deps, trx, school, at);
    await deps.onAppointed?.(trx, school, input);
    return { kind: 'appointed', before: before?.staffId };
  });
}

/** Ends it; whoever was the contact person is told once, and the mentor answers again. False where there was none. */
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
    await assignAnew(deps, trx, school, at);
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

function notice(kind: 'appointed' | 'appointmentEnded', school: School, row: Current, at: Temporal.Instant) {
  const { id: subject, pupilId: pupil, staffId } = row;
  return { kind, subject, staffId, schoolId: school.id, day: dayAt(at, school), details: { pupil }, at };
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
