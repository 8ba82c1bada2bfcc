import type { Temporal } from 'temporal-polyfill';
import {
  extendStep,
  finishStep,
  type NotNeededReason,
  type StepOutcome,
  skipStep,
} from '../routine/finish-step.ts';
import type { RoutineDeps } from '../routine/routine-deps.ts';
import type { EhtDeps, EhtInput } from './eht-change.ts';
import type { EhtRoom } from './room.ts';
import { noteTakenUp } from './take-up.ts';

export interface EhtStepInput extends EhtInput {
  readonly stepId: string;
  readonly version: number;
  readonly how:
    | { readonly kind: 'done' }
    | { readonly kind: 'notNeeded'; readonly reason: NotNeededReason }
    | { readonly kind: 'moreTime'; readonly until: Temporal.PlainDate };
}

/**
 * Handles a step of the routine at a meeting, as its owner could. That it was done here, and that the pupil has been taken up,
 * is put down in the transaction of the step's change.
 */
export async function handleEhtStep(
  deps: EhtDeps & Pick<RoutineDeps, 'onCase'>,
  room: EhtRoom,
  input: EhtStepInput,
): Promise<StepOutcome> {
  const { stepId, version, actor, conversationId, school, how } = input;
  const step = { stepId, version, actor, conversationId };
  const noting: RoutineDeps = {
    ...deps,
    onCase: async (trx, found) => {
      await trx
        .insertInto('ehtStep')
        .values({ schoolId: room.schoolId, day: input.day, stepId, pupilId: found.pupilId })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      await noteTakenUp(deps, trx, room, input);
      await deps.onCase(trx, found);
    },
  };
  switch (how.kind) {
    case 'done':
      return await finishStep(noting, { ...step, school });
    case 'notNeeded':
      return await skipStep(noting, { ...step, reason: how.reason });
    case 'moreTime':
      return await extendStep(noting, { ...step, until: how.until });
  }
}
