import { followDeed, withStep } from './change-case.ts';
import type { StepInput, StepOutcome } from './finish-step.ts';
import { removeStage } from './letter-stage.ts';
import type { RoutineDeps } from './routine-deps.ts';
import { writeStep } from './write-case.ts';

/**
 * Takes back that a step was done or not needed, while its case is open: it is to be done again, on the day it had. The
 * follow-up it asked for goes with it, and where that has been done already nothing is taken back.
 */
export async function reopenStep(deps: RoutineDeps, input: StepInput): Promise<StepOutcome> {
  const outcome = await withStep(deps, input.stepId, async (trx, step, found): Promise<StepOutcome> => {
    const isEnded = step.state === 'done' || step.state === 'notNeeded';
    const isOlder = input.version !== undefined && input.version < step.version;
    if (!isEnded || isOlder || found.state !== 'open' || step.round !== found.round)
      return { kind: 'movedOn', now: step };
    const followUp = await trx
      .selectFrom('routineStep')
      .select(['id', 'state'])
      .where('caseId', '=', step.caseId)
      .where('round', '=', step.round)
      .where('key', '=', step.key)
      .where('isFollowUp', '=', true)
      .where('id', '<>', step.id)
      .executeTakeFirst();
    if (followUp !== undefined && followUp.state !== 'open') return { kind: 'refused', now: step };
    if (followUp !== undefined) await trx.deleteFrom('routineStep').where('id', '=', followUp.id).execute();
    const now = await writeStep(trx, step, {
      state: 'open',
      doneDay: null,
      endedAt: null,
      endedById: null,
      endedByName: null,
      reason: null,
      // Whoever takes back what they said themselves has it before them; others are told that it is theirs again.
      ...(step.endedById === input.actor.id ? {} : { givenVersion: step.version + 1 }),
    });
    await removeStage(trx, step.id, 'sent');
    const at = deps.clock.now();
    const details = { step: step.key, isFollowUp: step.isFollowUp, was: step.state };
    await followDeed(deps, trx, found, {
      ...input,
      action: 'routine.stepReopened',
      at,
      objectId: step.id,
      details,
    });
    return { kind: 'changed', now };
  });
  return outcome ?? { kind: 'nothing' };
}
