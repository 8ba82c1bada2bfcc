import { changeStep, type StepInput, type StepOutcome } from './finish-step.ts';
import { nextStage, readStages, removeStage, writeStage } from './letter-stage.ts';
import type { RoutineDeps } from './routine-deps.ts';
import { writeStep } from './write-case.ts';

/**
 * A letter to guardians has been chosen, or approved: each once, by whom, and in that order. That it has been sent on is said
 * by finishing the step.
 */
export async function takeLetterOn(
  deps: RoutineDeps,
  input: StepInput & { readonly stage: 'chosen' | 'approved' },
): Promise<StepOutcome> {
  return await changeStep(deps, input, async (trx, step) => {
    const { stage } = input;
    const taken = (await readStages(trx, [step.id])).get(step.id) ?? [];
    if (taken.some((one) => one.stage === stage)) return 'movedOn';
    if (step.kind !== 'guardianLetter' || nextStage(taken) !== stage) return 'refused';
    await writeStage(trx, step.id, stage, { ...input, at: deps.clock.now() });
    const now = await writeStep(trx, step, {});
    return { now, action: `routine.letter.${stage}`, details: {} };
  });
}

/** Takes back the last stage of a letter that has not been sent. */
export async function takeLetterBack(deps: RoutineDeps, input: StepInput): Promise<StepOutcome> {
  return await changeStep(deps, input, async (trx, step) => {
    const last = (await readStages(trx, [step.id])).get(step.id)?.at(-1);
    if (last === undefined) return 'movedOn';
    await removeStage(trx, step.id, last.stage);
    const now = await writeStep(trx, step, {});
    return { now, action: 'routine.letterTakenBack', details: { stage: last.stage } };
  });
}
