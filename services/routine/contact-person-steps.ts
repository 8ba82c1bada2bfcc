import type { School } from '../config/municipality.ts';
import type { Doer } from '../follow-up/change-follow-up.ts';
import type { Db } from '../storage/database.ts';
import { finishStep } from './finish-step.ts';
import type { RoutineDeps } from './routine-deps.ts';

/**
 * A pupil has a contact person, wherever that was said: the steps that ask for one are done. In the transaction in which the
 * contact person is appointed.
 */
export async function finishContactPersonSteps(
  deps: RoutineDeps,
  trx: Db,
  input: Doer & { readonly school: School; readonly pupilId: string },
): Promise<void> {
  const { actor, conversationId, school } = input;
  const steps = await trx
    .selectFrom('routineStep')
    .select('id')
    .where('pupilId', '=', input.pupilId)
    .where('kind', '=', 'contactPerson')
    .where('state', '=', 'open')
    // Always in the same order, so that two who do so at once do not wait for each other in a ring.
    .orderBy('caseId')
    .execute();
  for (const { id } of steps)
    await finishStep({ ...deps, db: trx }, { stepId: id, school, actor, conversationId });
}
