import type { VerbPayload } from '../../cards/verbs.ts';
import { dayAt } from '../../services/clock.ts';
import { readRights } from '../../services/people/rights.ts';
import { readStepLine } from '../../services/routine/read-step-line.ts';
import type { StepLine } from '../../services/routine/step-line.ts';
import type { Answer, Press } from '../inbound.ts';
import { asRead, type HandlerDeps } from './handler-deps.ts';
import { onCard, type PressContext, redraw, refuse, whyNot } from './press-context.ts';
import { recordRefusal } from './refusals.ts';
import { isForRoutine } from './routine-place.ts';

/** A press that concerns one step, by somebody who may handle it. */
export interface StepPress extends PressContext {
  readonly step: StepLine;
}

/** The step has to be one that the presser may handle today: what a card names is read and judged again. */
export async function onStep(
  deps: HandlerDeps,
  press: Press,
  payload: VerbPayload<'routine.openStep'>,
  act: (context: StepPress) => Promise<Answer>,
): Promise<Answer> {
  return await onCard(deps, press, payload.on, async (context) => {
    const { school, words } = context;
    if (!(await isForRoutine(deps, school, press.conversation)))
      return await refuse(deps, press, 'elsewhere');
    const step = await readStepLine(asRead(deps, school), school, payload.step);
    if (step === undefined) {
      await recordRefusal(deps, press, 'notOnCard');
      return await redraw(deps, context, words.t('steps.gone'));
    }
    if (!(await mayHandle(deps, context, step)))
      return await refuse(deps, press, context.isStaff ? 'notStepOwner' : whyNot(context));
    return await act({ ...context, step });
  });
}

/** A protected pupil's steps are the coordinators', whoever had them before. */
async function mayHandle(deps: HandlerDeps, context: PressContext, step: StepLine): Promise<boolean> {
  const { person, school, press } = context;
  const towards = { school, day: dayAt(deps.clock.now(), school), conversationId: press.conversation.id };
  const may = await readRights(deps, person, { ...towards, pupilId: step.pupilId, stepId: step.id });
  return may('handleStep') && (step.pupil.reference === undefined || may('judgeCases'));
}
