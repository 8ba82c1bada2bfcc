import { Temporal } from 'temporal-polyfill';
import { stepPanel } from '../../cards/step-panel.ts';
import { asText } from '../../cards/text.ts';
import type { VerbPayload } from '../../cards/verbs.ts';
import { dayAt } from '../../services/clock.ts';
import { appointContactPerson } from '../../services/follow-up/appoint.ts';
import {
  extendStep,
  finishStep,
  handOverStep,
  type StepOutcome,
  skipStep,
} from '../../services/routine/finish-step.ts';
import { readCrossedDay } from '../../services/routine/read-step-line.ts';
import { reopenStep } from '../../services/routine/reopen-step.ts';
import { readContactPersonOffers, readStepColleagues } from '../../services/routine/step-offers.ts';
import { takeLetterBack, takeLetterOn } from '../../services/routine/take-letter-on.ts';
import type { Answer, Press } from '../inbound.ts';
import type { HandlerDeps } from './handler-deps.ts';
import { doerOf, redraw } from './press-context.ts';
import { onStep, type StepPress } from './step-context.ts';
import { namesOf, stepNotice } from './step-notices.ts';

type Payload = VerbPayload<'routine.openStep'>;

/** "Hantera": what can be said of the step; an older client, which shows no choices, is told what to write. */
export async function pressOpenStep(deps: HandlerDeps, press: Press, payload: Payload): Promise<Answer> {
  return await onStep(deps, press, payload, async (context) => {
    const { step, words } = context;
    if (press.via === 'submit' && step.kind === 'contactPerson' && step.state === 'open')
      return { kind: 'text', text: words.t('steps.askInWords', namesOf(step, words)) };
    return await panel(deps, context);
  });
}

/** "Klart i dag", "Brevet är skickat". */
export async function pressStepDone(deps: HandlerDeps, press: Press, payload: Payload): Promise<Answer> {
  return await onStep(deps, press, payload, (context) => done(deps, context, payload, undefined));
}

/** "Klart den dagen". */
export async function pressStepDoneOn(
  deps: HandlerDeps,
  press: Press,
  payload: VerbPayload<'routine.stepDoneOn'>,
): Promise<Answer> {
  return await onStep(deps, press, payload, async (context) => {
    const { doneDay } = payload;
    if (doneDay === undefined) return await panel(deps, context, context.words.t('steps.chooseDay'));
    return await done(deps, context, payload, Temporal.PlainDate.from(doneDay));
  });
}

async function done(
  deps: HandlerDeps,
  context: StepPress,
  payload: Payload,
  doneDay: Temporal.PlainDate | undefined,
): Promise<Answer> {
  const { school, step, words } = context;
  const outcome = await finishStep(deps, { ...inputOf(context, payload), school, doneDay });
  const said = words.t('steps.saved.done', namesOf(step, words));
  const isAhead =
    doneDay !== undefined && Temporal.PlainDate.compare(doneDay, dayAt(deps.clock.now(), school)) > 0;
  const refused = words.t(isAhead ? 'steps.notInFuture' : 'steps.notBeforeCase');
  return await answer(deps, context, outcome, { said, refused });
}

/** "Behövs inte", for a reason from the list. */
export async function pressStepNotNeeded(
  deps: HandlerDeps,
  press: Press,
  payload: VerbPayload<'routine.stepNotNeeded'>,
): Promise<Answer> {
  return await onStep(deps, press, payload, async (context) => {
    const { reason } = payload;
    const { step, words } = context;
    if (reason === undefined) return await panel(deps, context, words.t('steps.chooseReason'));
    const outcome = await skipStep(deps, { ...inputOf(context, payload), reason });
    return await answer(deps, context, outcome, {
      said: words.t('steps.saved.notNeeded', namesOf(step, words)),
    });
  });
}

/** "Ge mer tid", until a later day. */
export async function pressStepMoreTime(
  deps: HandlerDeps,
  press: Press,
  payload: VerbPayload<'routine.stepMoreTime'>,
): Promise<Answer> {
  return await onStep(deps, press, payload, async (context) => {
    const { step, words } = context;
    if (payload.until === undefined) return await panel(deps, context, words.t('steps.chooseDay'));
    const until = Temporal.PlainDate.from(payload.until);
    const outcome = await extendStep(deps, { ...inputOf(context, payload), until });
    const said = words.t('steps.saved.moreTime', { ...namesOf(step, words), day: words.date(until) });
    const refused = words.t('steps.laterDay', { day: words.date(step.dueDay) });
    return await answer(deps, context, outcome, { said, refused });
  });
}

/** "Lämna över", to a colleague who may have it. */
export async function pressStepHandOver(
  deps: HandlerDeps,
  press: Press,
  payload: VerbPayload<'routine.stepHandOver'>,
): Promise<Answer> {
  return await onStep(deps, press, payload, async (context) => {
    const { step, words } = context;
    const colleagues = await readStepColleagues(deps, context.school, step, offerQuery(deps, context));
    const to = colleagues.find(({ staffId }) => staffId === payload.to);
    if (to === undefined) return await panel(deps, context, words.t('contact.chooseColleague'));
    const outcome = await handOverStep(deps, { ...inputOf(context, payload), toStaffId: to.staffId });
    const said = words.t('steps.saved.handedOver', { ...namesOf(step, words), to: asText(to.name) });
    return await answer(deps, context, outcome, { said });
  });
}

/** "Utse": the contact person whom the step asks for. */
export async function pressStepAppoint(
  deps: HandlerDeps,
  press: Press,
  payload: VerbPayload<'routine.stepAppoint'>,
): Promise<Answer> {
  return await onStep(deps, press, payload, async (context) => {
    const { school, step, words } = context;
    const offers = await readContactPersonOffers(deps, school, step, offerQuery(deps, context));
    const chosen = offers.find(({ staffId }) => staffId === payload.contactPerson);
    if (chosen === undefined) return await panel(deps, context, words.t('steps.choosePerson'));
    // Somebody may have been there before: then whoever was chosen is not put in their place.
    if (step.state !== 'open') return await panel(deps, context);
    const { pupilId } = step;
    await appointContactPerson(deps, school, { pupilId, staffId: chosen.staffId, ...doerOf(context) });
    const said = words.t('steps.saved.appointed', { ...namesOf(step, words), to: asText(chosen.name) });
    return await redraw(deps, context, said, true);
  });
}

/** "Ångra": it is to be done again. */
export async function pressStepUndo(deps: HandlerDeps, press: Press, payload: Payload): Promise<Answer> {
  return await onStep(deps, press, payload, async (context) => {
    const { step, words } = context;
    const outcome = await reopenStep(deps, inputOf(context, payload));
    const said = words.t('steps.saved.reopened', namesOf(step, words));
    return await answer(deps, context, outcome, { said, refused: words.t('steps.followedUp') });
  });
}

export async function pressLetterChosen(deps: HandlerDeps, press: Press, payload: Payload): Promise<Answer> {
  return await letter(deps, press, payload, (input) => takeLetterOn(deps, { ...input, stage: 'chosen' }));
}

export async function pressLetterApproved(
  deps: HandlerDeps,
  press: Press,
  payload: Payload,
): Promise<Answer> {
  return await letter(deps, press, payload, (input) => takeLetterOn(deps, { ...input, stage: 'approved' }));
}

export async function pressLetterBack(deps: HandlerDeps, press: Press, payload: Payload): Promise<Answer> {
  return await letter(deps, press, payload, (input) => takeLetterBack(deps, input));
}

async function letter(
  deps: HandlerDeps,
  press: Press,
  payload: Payload,
  act: (input: ReturnType<typeof inputOf>) => Promise<StepOutcome>,
): Promise<Answer> {
  return await onStep(deps, press, payload, async (context) => {
    const { step, words } = context;
    const outcome = await act(inputOf(context, payload));
    const said = words.t('steps.saved.letter', namesOf(step, words));
    return await answer(deps, context, outcome, { said, refused: words.t('steps.letterOrder') });
  });
}

function inputOf(context: StepPress, { version }: Payload) {
  return { stepId: context.step.id, version, ...doerOf(context) };
}

function offerQuery(deps: HandlerDeps, { school, press }: StepPress) {
  return { conversationId: press.conversation.id, day: dayAt(deps.clock.now(), school) };
}

/** The card as it stands, with what came of it; where the answer was no good, the question once more. */
async function answer(
  deps: HandlerDeps,
  context: StepPress,
  outcome: StepOutcome,
  texts: { readonly said: string; readonly refused?: string },
): Promise<Answer> {
  const notice = stepNotice(outcome, context.step, context.words, texts);
  const isAhead = outcome.kind === 'letterAhead' || outcome.kind === 'noContactPerson';
  if (isAhead || (outcome.kind === 'refused' && texts.refused !== undefined))
    return await panel(deps, context, notice);
  return await redraw(deps, context, notice, outcome.kind === 'changed');
}

async function panel(deps: HandlerDeps, context: StepPress, notice = ''): Promise<Answer> {
  const { school, step, on, words } = context;
  const query = offerQuery(deps, context);
  const offers = {
    today: query.day,
    firstDay: await readCrossedDay(deps.db, step),
    colleagues: await readStepColleagues(deps, school, step, query),
    contactPersons: await readContactPersonOffers(deps, school, step, query),
  };
  return { kind: 'card', card: stepPanel(step, offers, on, words, notice), isPrivate: true };
}
