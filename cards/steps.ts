import type { Temporal } from 'temporal-polyfill';
import type { Translator } from '../locales/translator.ts';
import { nextStage } from '../services/routine/letter-stage.ts';
import type { OwnStepsView } from '../services/routine/own-steps.ts';
import type { StepMessageView, ToldLine } from '../services/routine/step-message-view.ts';
import { type FaceOptions, FIRST_FACE } from './face.ts';
import type { On } from './on.ts';
import { pupilLabel, pupilTitle } from './pupil-name.ts';
import { type RoutineRow, type RowButton, routineListCard } from './routine-list.ts';
import { ownerText, stageText, stepStateText, stepText, takeOnText } from './step-text.ts';
import { asLabel, asText } from './text.ts';

/** Steps that somebody is told of; afterwards it shows what was done. */
export function stepsCard(view: StepMessageView, words: Translator, face: FaceOptions = FIRST_FACE): object {
  const list = {
    title: headline(asText(view.schoolName), view, words),
    fallback: stepsSummary(view, words),
    lead: leadOf(view, words),
    rows: view.steps.map((step) => rowOf(step, view, words)),
    on: { purpose: 'steps', subject: view.batchId },
  };
  return routineListCard(list, words, face);
}

/** The text of the notification, without names. */
export function stepsSummary(view: StepMessageView, words: Translator): string {
  return headline(asLabel(view.schoolName), view, words);
}

/** Somebody's own steps, as they asked for them; `on` is the answer in their chat. */
export function ownStepsCard(
  view: OwnStepsView,
  words: Translator,
  face: FaceOptions,
  on: Omit<On, 'page'>,
): object {
  const left = view.steps.filter(({ state }) => state === 'open');
  const title = words.t('steps.own', { count: left.length });
  const rows = view.steps.map((step) =>
    rowOf({ ...step, isElsewhere: false }, { isForCoordinators: false, today: view.day }, words),
  );
  return routineListCard({ title, fallback: title, lead: '', rows, on }, words, face);
}

/** Steps on a message that are still for whoever it was sent to. */
export function countOpen({ steps }: StepMessageView): number {
  return steps.filter(({ state, isElsewhere }) => state === 'open' && !isElsewhere).length;
}

function headline(school: string, view: StepMessageView, words: Translator): string {
  const count = countOpen(view);
  if (count === 0) return words.t('steps.done');
  if (view.rung === 'escalated') return words.t('steps.escalated', { school, count });
  if (view.rung === 'given')
    return words.t(view.isForCoordinators ? 'steps.school' : 'steps.given', { school, count });
  return words.t(view.rung === 'due' ? 'steps.due' : 'steps.late', { count });
}

/** Why they get it. */
function leadOf(view: StepMessageView, words: Translator): string {
  if (countOpen(view) === 0) return '';
  if (view.rung === 'escalated') return words.t('steps.whyEscalated');
  return words.t(view.isForCoordinators ? 'steps.whyCoordinator' : 'steps.whyYou');
}

interface RowOptions {
  readonly isForCoordinators: boolean;
  /** The day on which it is read; left out of a message that stands for many. */
  readonly today?: Temporal.PlainDate;
}

function rowOf(step: ToldLine, { isForCoordinators, today }: RowOptions, words: Translator): RoutineRow {
  const isOpen = step.state === 'open';
  const what = [stepText(step, words), isOpen && isForCoordinators ? ownerText(step, words) : ''];
  const last = step.stages.at(-1);
  const facts = [
    asText(step.levelName),
    stepStateText(step, words, today),
    isOpen && last !== undefined ? stageText(last, words) : '',
    step.hasLegalWeight ? words.t('steps.legal') : '',
    step.isElsewhere ? words.t('steps.elsewhere', { name: asText(step.owner.name ?? '') }) : '',
  ];
  const title = pupilTitle(step.pupil, words);
  return {
    section: '',
    name: isOpen ? title : `✓ ${title}`,
    lines: [what, facts].map((parts) => parts.filter(Boolean).join(' · ')),
    button: step.isElsewhere || step.state === 'dropped' ? undefined : buttonOf(step, words),
  };
}

function buttonOf(step: ToldLine, words: Translator): RowButton {
  const isOpen = step.state === 'open';
  return {
    title: words.t(isOpen ? 'steps.handle' : 'card.change'),
    tooltip: words.t('steps.handleTooltip', {
      step: asLabel(step.name),
      name: pupilLabel(step.pupil, words),
    }),
    verb: 'routine.openStep',
    data: { step: step.id, version: step.version },
    fallback: isOpen ? fallbackOf(step, words) : { title: words.t('contact.undo'), verb: 'routine.stepUndo' },
  };
}

/** What is pressed in a client that opens nothing: the step is done, or the letter goes on. A contact person cannot be chosen there. */
function fallbackOf(step: ToldLine, words: Translator): RowButton['fallback'] {
  if (step.kind === 'contactPerson' && step.pupil.reference === undefined)
    return { title: words.t('steps.handle'), verb: 'routine.openStep' };
  const next = step.kind === 'guardianLetter' ? nextStage(step.stages) : undefined;
  if (next === undefined || next === 'sent') {
    const title = next === undefined ? words.t('steps.done1') : takeOnText('sent', words);
    return { title, verb: 'routine.stepDone' };
  }
  return {
    title: takeOnText(next, words),
    verb: next === 'chosen' ? 'routine.letterChosen' : 'routine.letterApproved',
  };
}
