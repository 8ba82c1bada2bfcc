import type { Db } from '../storage/database.ts';
import { nextStage, readStages } from './letter-stage.ts';
import type { StepRow } from './routine-case.ts';

/** What has to come before a step of its kind can be done. */
export type StillAhead =
  /** The letter has not been chosen, or not been approved. */
  | 'letterAhead'
  /** Nobody has been appointed. */
  | 'noContactPerson';

/** What a step waits for before anybody can say that it is done; undefined where for nothing. */
export async function stillAhead(trx: Db, step: StepRow): Promise<StillAhead | undefined> {
  if (step.kind === 'guardianLetter') {
    const taken = (await readStages(trx, [step.id])).get(step.id) ?? [];
    return nextStage(taken) === 'sent' ? undefined : 'letterAhead';
  }
  if (step.kind !== 'contactPerson' || (await isProtected(trx, step.pupilId))) return undefined;
  return (await hasContactPerson(trx, step.pupilId)) ? undefined : 'noContactPerson';
}

/** Whether somebody who is on the staff is the pupil's contact person. */
export async function hasContactPerson(trx: Db, pupilId: string): Promise<boolean> {
  const row = await trx
    .selectFrom('contactPerson')
    .innerJoin('staff', 'staff.id', 'contactPerson.staffId')
    .select('contactPerson.id')
    .where('contactPerson.pupilId', '=', pupilId)
    .where('contactPerson.endedAt', 'is', null)
    .where('staff.removedAt', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** Nobody is appointed for them in Sedd: what their steps ask for is done by hand. */
async function isProtected(trx: Db, pupilId: string): Promise<boolean> {
  const row = await trx
    .selectFrom('pupil')
    .select('isProtected')
    .where('id', '=', pupilId)
    .executeTakeFirst();
  return row?.isProtected === true;
}
