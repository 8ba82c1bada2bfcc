import type { Translator } from '../locales/translator.ts';
import type { EhtDecisionLine, EhtPoint, EhtPupilView, EhtStep } from '../services/eht/pupil-view.ts';
import { decisionText, ehtStepName } from './eht-text.ts';
import { weight } from './section-pages.ts';
import { asLabel, asText } from './text.ts';

/** What the sections may weigh together; the rest of the 25 KB is the head and the buttons that turn to others. */
const MOST_BYTES = 20_500;
const ROW_BYTES = 460;
const BUTTON_BYTES = 190;
const MOST_STEPS_DONE = 5;
const MOST_DECISIONS_DONE = 3;

/** What the sections are made from. */
export interface About {
  readonly view: EhtPupilView;
  readonly words: Translator;
  readonly on: string;
  readonly isWorkedIn: boolean;
}

/** As the template binds it. */
export interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly more: string;
}

interface Row {
  readonly text: string;
  readonly details: string;
  readonly buttons: readonly Button[];
}

interface Button {
  readonly title: string;
  readonly tooltip: string;
  readonly verb: string;
  readonly data: Readonly<Record<string, string | number>>;
}

/** The steps, the checklist and the decisions of a pupil. The checklist is always whole; the others have what is left of the room. */
export function pupilSections(about: About): readonly Section[] {
  const points = pointSection(about);
  const room = MOST_BYTES - weightOf(points.rows);
  const decided = decisionSection(about, room / 2);
  const steps = stepSection(about, room - weightOf(decided.rows));
  return [steps, points, decided].filter(({ rows }) => rows.length > 0);
}

/** The first of the rows, as many as there is room for; one at least, so that there is always something to press. */
function fitting(rows: readonly Row[], room: number): readonly Row[] {
  let left = room;
  return rows.filter((row, index) => {
    left -= weightOf([row]);
    return left >= 0 || (index === 0 && room > 0);
  });
}

function weightOf(rows: readonly Row[]): number {
  return rows.reduce((sum, { text, details, buttons }) => {
    const pressed = buttons.map(({ title, tooltip, verb, data }) => {
      return BUTTON_BYTES + weight(title, tooltip, verb, JSON.stringify(data));
    });
    return sum + ROW_BYTES + weight(text, details) + pressed.reduce((a, b) => a + b, 0);
  }, 0);
}

/** Those that wait come first; as they are done, they make room for others. */
function stepSection({ view, words, on, isWorkedIn }: About, room: number): Section {
  const isEnded = ({ state }: EhtStep) => state === 'done' || state === 'notNeeded';
  const rowOf = (step: EhtStep): Row => {
    const title = ehtStepName(step, words);
    return {
      text: isEnded(step) ? `✓ ${title}` : title,
      details: stepDetails(step, words),
      buttons: isWorkedIn && !isEnded(step) ? stepButtons(step, view.line.pupilId, { words, on }) : [],
    };
  };
  const open = view.steps.filter((step) => !isEnded(step)).map(rowOf);
  const shown = fitting(open, room);
  const ended = view.steps.filter(isEnded).slice(-MOST_STEPS_DONE).map(rowOf);
  const more = open.length - shown.length;
  return {
    title: words.t('eht.steps'),
    rows: [...shown, ...fitting(ended, room - weightOf(shown))],
    more: more > 0 ? words.t('eht.moreSteps', { count: more }) : '',
  };
}

const STEP_STATES = {
  due: 'eht.stepDue',
  overdue: 'eht.stepOverdue',
  done: 'eht.stepDone',
  notNeeded: 'eht.stepNotNeeded',
} as const;

const WAITS_FOR = {
  letterAhead: 'eht.waitsForLetter',
  noContactPerson: 'eht.waitsForContactPerson',
} as const;

function stepDetails(step: EhtStep, words: Translator): string {
  const day = words.shortDay(step.doneDay ?? step.dueDay);
  return [
    words.t(STEP_STATES[step.state], { day }),
    step.owner === undefined ? '' : asText(step.owner),
    step.hasLegalWeight ? words.t('eht.legalWeight') : '',
    step.waitsFor === undefined ? '' : words.t(WAITS_FOR[step.waitsFor]),
  ]
    .filter(Boolean)
    .join(' · ');
}

function stepButtons(
  { id, version, name, waitsFor }: EhtStep,
  pupil: string,
  { words, on }: Pick<About, 'words' | 'on'>,
): readonly Button[] {
  const data = { pupil, step: id, version, on };
  const label = { name: asLabel(name) };
  const [done, other] = [
    { title: words.t('eht.done'), tooltip: words.t('eht.doneTooltip', label), verb: 'eht.stepDone', data },
    {
      title: words.t('eht.elseTitle'),
      tooltip: words.t('eht.elseTooltip', label),
      verb: 'eht.askStep',
      data,
    },
  ];
  return waitsFor === undefined ? [done, other] : [other];
}

function pointSection({ view, words, on, isWorkedIn }: About): Section {
  const rowOf = ({ key, name, ticked }: EhtPoint): Row => {
    const [title, tip, verb] =
      ticked === undefined
        ? (['eht.done', 'eht.doneTooltip', 'eht.tick'] as const)
        : (['eht.undo', 'eht.undoTooltip', 'eht.untick'] as const);
    const data = { pupil: view.line.pupilId, point: key, on };
    return {
      text: ticked === undefined ? `☐ ${asText(name)}` : `✓ ${asText(name)}`,
      details: ticked === undefined ? '' : `${asText(ticked.by)} ${words.shortDay(ticked.day)}`,
      buttons: isWorkedIn
        ? [{ title: words.t(title), tooltip: words.t(tip, { name: asLabel(name) }), verb, data }]
        : [],
    };
  };
  return { title: words.t('eht.checklist'), rows: view.points.map(rowOf), more: '' };
}

/** Those that are open come first, the most overdue before the others; of what is done, the last. */
function decisionSection({ view, words, on, isWorkedIn }: About, room: number): Section {
  const open = view.decisions
    .filter(({ state }) => state !== 'done')
    .toSorted((a, b) => (a.dueDay.toString() < b.dueDay.toString() ? -1 : 1));
  const done = view.decisions.filter(({ state }) => state === 'done');
  const all = [...open, ...done.slice(-MOST_DECISIONS_DONE)].map((decision): Row => {
    const { name, day, state } = decision;
    const from = decision.isEarlier ? words.t('eht.decisionFrom', { day: words.shortDay(day) }) : '';
    return {
      text: state === 'done' ? `✓ ${asText(name)}` : asText(name),
      details: [decisionText(decision, words), from].filter(Boolean).join(' · '),
      buttons: isWorkedIn ? decisionButtons(decision, view.line.pupilId, { words, on }) : [],
    };
  });
  const rows = fitting(all, room);
  const more = all.length - rows.length;
  const none: Row = { text: words.t('eht.noDecisions'), details: '', buttons: [] };
  return {
    title: words.t('eht.decisions'),
    rows: rows.length === 0 ? [none] : rows,
    more: more > 0 ? words.t('eht.moreDecisions', { count: more }) : '',
  };
}

/** Only what this meeting has decided can be taken back. */
function decisionButtons(
  { id, name, state, isEarlier }: EhtDecisionLine,
  pupil: string,
  { words, on }: Pick<About, 'words' | 'on'>,
): readonly Button[] {
  const data = { pupil, decision: id, on };
  const label = { name: asLabel(name) };
  const [undo, done, remove]: readonly [Button, Button, Button] = [
    {
      title: words.t('eht.undo'),
      tooltip: words.t('eht.undoTooltip', label),
      verb: 'eht.decisionReopened',
      data,
    },
    {
      title: words.t('eht.done'),
      tooltip: words.t('eht.doneTooltip', label),
      verb: 'eht.decisionDone',
      data,
    },
    {
      title: words.t('eht.remove'),
      tooltip: words.t('eht.removeTooltip', label),
      verb: 'eht.decisionWithdrawn',
      data,
    },
  ];
  if (state === 'done') return [undo];
  return isEarlier ? [done] : [done, remove];
}
