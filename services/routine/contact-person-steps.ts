import type { School } from '../config/municipality.ts';
import type { Doer } from '../follow-up/change-follow-up.ts';
import type { Db } from '../storage/database.ts';
import { hasContactPerson } from './before-done.ts';
import { finishStep } from './finish-step.ts';
import type { CaseRow } from './routine-case.ts';
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
  await finishAll(deps, trx, await openSteps(trx).where('pupilId', '=', input.pupilId).execute(), input);
}

/**
 * The same for a case that has just been accepted, about a pupil who has a contact person already: nobody is asked for what is
 * done. In the transaction in which it is accepted.
 */
export async function finishContactPersonStepsOf(
  deps: RoutineDeps,
  trx: Db,
  found: CaseRow,
  input: Doer & { readonly school: School },
): Promise<void> {
  const steps = await openSteps(trx).where('caseId', '=', found.id).execute();
  if (steps.length === 0) return;
  // Whoever appoints somebody at this moment either is done already, or finds the step open.
  await trx.selectFrom('pupil').select('id').where('id', '=', found.pupilId).forKeyShare().execute();
  if (await hasContactPerson(trx, found.pupilId)) await finishAll(deps, trx, steps, input);
}

/** Always in the same order, so that two who do so at once do not wait for each other in a ring. */
function openSteps(trx: Db) {
  return trx
    .selectFrom('routineStep')
    .select('id')
    .where('kind', '=', 'contactPerson')
    .where('state', '=', 'open')
    .orderBy('caseId');
}

async function finishAll(
  deps: RoutineDeps,
  trx: Db,
  steps: readonly { readonly id: string }[],
  { actor, conversationId, school }: Doer & { readonly school: School },
): Promise<void> {
  for (const { id } of steps)
    await finishStep({ ...deps, db: trx }, { stepId: id, school, actor, conversationId });
}
