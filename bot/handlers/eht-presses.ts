import { Temporal } from 'temporal-polyfill';
import { ehtStepCard } from '../../cards/eht-step.ts';
import { asText } from '../../cards/text.ts';
import type { VerbPayload } from '../../cards/verbs.ts';
import type { TextKey } from '../../locales/translator.ts';
import { recordAudit } from '../../services/audit/record-audit.ts';
import { schoolDayAfter } from '../../services/calendar/school-days.ts';
import { dayAt } from '../../services/clock.ts';
import { type EhtStepInput, handleEhtStep } from '../../services/eht/handle-step.ts';
import { closeMeeting } from '../../services/eht/hold-meeting.ts';
import { putBack, takeUp } from '../../services/eht/take-up.ts';
import { tickPoint, untickPoint } from '../../services/eht/tick-point.ts';
import type { StepOutcome } from '../../services/routine/finish-step.ts';
import type { Answer, Press } from '../inbound.ts';
import { atEhtMeeting, type EhtPupilPress, inEht, onEhtPupil, panel, panelAnew } from './eht-context.ts';
import type { HandlerDeps } from './handler-deps.ts';
import { doerOf, redraw } from './press-context.ts';

/** "Öppna": one pupil, for whoever pressed. Who has looked is put down. */
export async function pressEhtOpen(
  deps: HandlerDeps,
  press: Press,
  payload: VerbPayload<'eht.open'>,
): Promise<Answer> {
  return await onEhtPupil(deps, press, payload, async (context) => {
    const { actor, conversationId } = context.input;
    await recordAudit(deps.db, {
      at: deps.clock.now(),
      actorId: actor.id,
      actorName: actor.name,
      action: 'eht.opened',
      objectId: payload.pupil,
      schoolId: context.school.id,
      conversationId,
      details: { pupil: payload.pupil, meeting: context.day.toString() },
    });
    return panel(context);
  });
}

/** "Upptagen". */
export async function pressEhtTakeUp(
  deps: HandlerDeps,
  press: Press,
  payload: VerbPayload<'eht.takeUp'>,
): Promise<Answer> {
  return await atEhtMeeting(deps, press, payload, async (context) => {
    const { words, view, room, input } = context;
    const outcome = await takeUp(deps, room, input);
    const name = asText(view.line.name);
    const notice =
      outcome.kind === 'already'
        ? words.t('eht.said.takenUpBy', { name, by: asText(outcome.by), time: words.time(outcome.at) })
        : words.t('eht.said.takenUp');
    return await panelAnew(deps, context, notice);
  });
}

/** "Inte upptagen". */
export async function pressEhtPutBack(
  deps: HandlerDeps,
  press: Press,
  payload: VerbPayload<'eht.putBack'>,
): Promise<Answer> {
  return await atEhtMeeting(deps, press, payload, async (context) => {
    await putBack(deps, context.room, context.input);
    return await panelAnew(deps, context, context.words.t('eht.said.putBack'));
  });
}

/** A point of the checklist is seen to. */
export async function pressEhtTick(
  deps: HandlerDeps,
  press: Press,
  payload: VerbPayload<'eht.tick'>,
): Promise<Answer> {
  return await onPoint(deps, press, payload, async ({ room, input, words, school }) => {
    const outcome = await tickPoint(deps, room, { ...input, key: payload.point });
    if (outcome.kind !== 'already') return words.t('eht.said.ticked');
    const day = words.shortDay(dayAt(outcome.at, school));
    return words.t('eht.said.tickedBy', { by: asText(outcome.by), day, time: words.time(outcome.at) });
  });
}

/** … or was not after all. */
export async function pressEhtUntick(
  deps: HandlerDeps,
  press: Press,
  payload: VerbPayload<'eht.untick'>,
): Promise<Answer> {
  return await onPoint(deps, press, payload, async ({ room, input, words }) => {
    const outcome = await untickPoint(deps, room, { ...input, key: payload.point });
    return words.t(outcome.kind === 'unticked' ? 'eht.said.ticked' : 'eht.said.notTicked');
  });
}

async function onPoint(
  deps: HandlerDeps,
  press: Press,
  payload: VerbPayload<'eht.tick'>,
  act: (context: EhtPupilPress) => Promise<string>,
): Promise<Answer> {
  return await atEhtMeeting(deps, press, payload, async (context) => {
    const isThere = context.view.points.some(({ key }) => key === payload.point);
    const notice = isThere ? await act(context) : context.words.t('eht.said.decisionMovedOn');
    return await panelAnew(deps, context, notice);
  });
}

/** "Annat": what else can be said of a step. */
export async function pressEhtAskStep(
  deps: HandlerDeps,
  press: Press,
  payload: VerbPayload<'eht.askStep'>,
): Promise<Answer> {
  return await atEhtMeeting(deps, press, payload, async (context) => stepForm(context, payload.step, ''));
}

function stepForm(context: EhtPupilPress, stepId: string, notice: string): Answer {
  const { view, on, words } = context;
  const step = view.steps.find(({ id, state }) => id === stepId && (state === 'due' || state === 'overdue'));
  if (step === undefined) return panel(context, words.t('eht.said.stepMovedOn'));
  return { kind: 'card', card: ehtStepCard(view, step, on, words, notice), isPrivate: true };
}

export async function pressEhtStepDone(
  deps: HandlerDeps,
  press: Press,
  payload: VerbPayload<'eht.stepDone'>,
): Promise<Answer> {
  return await atEhtMeeting(deps, press, payload, (context) =>
    handle(deps, context, payload, { kind: 'done' }),
  );
}

/** "Behövs inte", with a reason from the list. */
export async function pressEhtStepNotNeeded(
  deps: HandlerDeps,
  press: Press,
  payload: VerbPayload<'eht.stepNotNeeded'>,
): Promise<Answer> {
  return await atEhtMeeting(deps, press, payload, async (context) => {
    const { reason } = payload;
    if (reason === undefined) return stepForm(context, payload.step, context.words.t('eht.chooseReason'));
    return await handle(deps, context, payload, { kind: 'notNeeded', reason });
  });
}

/** "Mer tid": so many school days from the day it has, or from today where that has passed. */
export async function pressEhtStepMoreTime(
  deps: HandlerDeps,
  press: Press,
  payload: VerbPayload<'eht.stepMoreTime'>,
): Promise<Answer> {
  return await atEhtMeeting(deps, press, payload, async (context) => {
    const { school, view } = context;
    const today = dayAt(deps.clock.now(), school);
    const dueDay = view.steps.find(({ id }) => id === payload.step)?.dueDay ?? today;
    const from = Temporal.PlainDate.compare(dueDay, today) > 0 ? dueDay : today;
    const until = schoolDayAfter(school.calendar, from, Number(payload.time ?? DEFAULT_DAYS));
    return await handle(deps, context, payload, { kind: 'moreTime', until });
  });
}

/** A week. */
const DEFAULT_DAYS = 5;

const STEP_SAID = {
  changed: 'eht.said.stepSaved',
  refused: 'eht.said.stepRefused',
  movedOn: 'eht.said.stepMovedOn',
  nothing: 'eht.said.stepMovedOn',
} as const satisfies Record<StepOutcome['kind'], TextKey>;

async function handle(
  deps: HandlerDeps,
  context: EhtPupilPress,
  { step: stepId, version }: VerbPayload<'eht.stepDone'>,
  how: EhtStepInput['how'],
): Promise<Answer> {
  const { view, room, input, words } = context;
  // A step of another pupil's, such as from a card that was tampered with, is none of this one's.
  const isTheirs = view.steps.some(({ id }) => id === stepId);
  const outcome: StepOutcome = isTheirs
    ? await handleEhtStep(deps, room, { ...input, stepId, version, how })
    : { kind: 'nothing' };
  return await panelAnew(deps, context, words.t(STEP_SAID[outcome.kind]));
}

/** "Avsluta mötet", from the meeting's day on. */
export async function pressEhtClose(
  deps: HandlerDeps,
  press: Press,
  { on }: VerbPayload<'eht.close'>,
): Promise<Answer> {
  return await inEht(deps, press, on, async (context) => {
    const { school, room, day, words } = context;
    const today = dayAt(deps.clock.now(), school);
    if (Temporal.PlainDate.compare(today, day) < 0)
      return await redraw(deps, context, words.t('eht.said.tooEarly', { date: words.date(day) }));
    const outcome = await closeMeeting(deps, room, school, day, doerOf(context));
    const said = outcome.kind === 'closed' ? 'eht.said.closed' : 'eht.said.closedBefore';
    return await redraw(deps, context, words.t(said));
  });
}
