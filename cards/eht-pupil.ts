import type { Translator } from '../locales/translator.ts';
import type { EhtDecisionLine, EhtPoint, EhtPupilView, EhtStep } from '../services/eht/pupil-view.ts';
import template from './eht-pupil.json' with { type: 'json' };
import { absenceText, decisionText, nameAndGroup } from './eht-text.ts';
import { type On, onText } from './on.ts';
import { cardTemplate } from './render.ts';
import { asLabel, asText } from './text.ts';

const render = cardTemplate(template);
/** More than these do not fit a card; what is done makes room for what is left. */
const MOST_STEPS = 8;
const MOST_STEPS_DONE = 5;
const MOST_DECISIONS = 7;
const MOST_DECISIONS_DONE = 3;

/**
 * One pupil of EHT's list, for whoever pressed: what has been done and is to be done, each to tick with one press. It stands in
 * the place of the list until they go back to it; what is only looked at, before and after a meeting, has nothing to press.
 */
export function ehtPupilCard(view: EhtPupilView, on: On, words: Translator, notice = ''): object {
  const { line, list, place } = view;
  const isWorkedIn = list.state === 'open' || list.state === 'closed';
  const about: About = { view, words, on: onText(on), isWorkedIn };
  return render({
    lang: words.language,
    title: `${line.isTakenUp ? '✓ ' : ''}${nameAndGroup(line.name, line.groupName)}`,
    place: words.t('eht.place', { number: place.number, of: place.of, date: words.date(list.day) }),
    notice,
    lines: lines(view, words).map((text) => ({ text })),
    sections: [stepSection(about), pointSection(about), decisionSection(about)].filter(
      ({ rows }) => rows.length > 0,
    ),
    deeds: isWorkedIn ? deeds(view, words) : [],
    turns: turns(view, words),
    toList: words.t('eht.toList'),
    pupil: line.pupilId,
    on: onText(on),
  });
}

interface About {
  readonly view: EhtPupilView;
  readonly words: Translator;
  readonly on: string;
  readonly isWorkedIn: boolean;
}

interface Section {
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

function lines({ line, levels, term, list }: EhtPupilView, words: Translator): readonly string[] {
  const { contactPerson, fourWeeks } = line;
  return [
    ...levels.map(({ name, since }) =>
      words.t('eht.levelSince', { level: asText(name), day: words.shortDay(since) }),
    ),
    words.t('eht.fourWeeks', { day: words.shortDay(list.asOf), absence: absenceText(fourWeeks, words) }),
    words.t('eht.thisTerm', { absence: absenceText(term, words) }),
    contactPerson === undefined
      ? words.t('eht.contactPersonNone')
      : words.t('eht.contactPersonIs', { name: asText(contactPerson) }),
  ];
}

function stepSection({ view, words, on, isWorkedIn }: About): Section {
  const isEnded = ({ state }: EhtStep) => state === 'done' || state === 'notNeeded';
  const open = view.steps.filter((step) => !isEnded(step));
  const more = open.length - MOST_STEPS;
  const rowOf = (step: EhtStep): Row => {
    const name = asText(step.name);
    const title = step.isFollowUp ? words.t('eht.followUpOf', { name }) : name;
    return {
      text: isEnded(step) ? `✓ ${title}` : title,
      details: stepDetails(step, words),
      buttons: isWorkedIn && !isEnded(step) ? stepButtons(step, view.line.pupilId, { words, on }) : [],
    };
  };
  const ended = view.steps.filter(isEnded).slice(-MOST_STEPS_DONE);
  return {
    title: words.t('eht.steps'),
    rows: [...open.slice(0, MOST_STEPS), ...ended].map(rowOf),
    more: more > 0 ? words.t('eht.moreSteps', { count: more }) : '',
  };
}

const STEP_STATES = {
  due: 'eht.stepDue',
  overdue: 'eht.stepOverdue',
  done: 'eht.stepDone',
  notNeeded: 'eht.stepNotNeeded',
} as const;

function stepDetails(step: EhtStep, words: Translator): string {
  const day = words.shortDay(step.doneDay ?? step.dueDay);
  return [
    words.t(STEP_STATES[step.state], { day }),
    step.owner === undefined ? '' : asText(step.owner),
    step.hasLegalWeight ? words.t('eht.legalWeight') : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

function stepButtons(
  { id, version, name }: EhtStep,
  pupil: string,
  { words, on }: Pick<About, 'words' | 'on'>,
): readonly Button[] {
  const data = { pupil, step: id, version, on };
  const label = { name: asLabel(name) };
  return [
    { title: words.t('eht.done'), tooltip: words.t('eht.doneTooltip', label), verb: 'eht.stepDone', data },
    {
      title: words.t('eht.elseTitle'),
      tooltip: words.t('eht.elseTooltip', label),
      verb: 'eht.askStep',
      data,
    },
  ];
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
function decisionSection({ view, words, on, isWorkedIn }: About): Section {
  const open = view.decisions
    .filter(({ state }) => state !== 'done')
    .toSorted((a, b) => (a.dueDay.toString() < b.dueDay.toString() ? -1 : 1));
  const done = view.decisions.filter(({ state }) => state === 'done');
  const shown = [...open.slice(0, MOST_DECISIONS), ...done.slice(-MOST_DECISIONS_DONE)];
  const more = view.decisions.length - shown.length;
  const rows = shown.map((decision): Row => {
    const { name, day, state } = decision;
    const from = decision.isEarlier ? words.t('eht.decisionFrom', { day: words.shortDay(day) }) : '';
    return {
      text: state === 'done' ? `✓ ${asText(name)}` : asText(name),
      details: [decisionText(decision, words), from].filter(Boolean).join(' · '),
      buttons: isWorkedIn ? decisionButtons(decision, view.line.pupilId, { words, on }) : [],
    };
  });
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

function deeds({ line, offered, people }: EhtPupilView, words: Translator) {
  const mayDecide = offered.length > 0 && people.length > 0;
  return [
    line.isTakenUp
      ? { title: words.t('eht.putBack'), verb: 'eht.putBack' }
      : { title: words.t('eht.takeUp'), verb: 'eht.takeUp' },
    ...(mayDecide ? [{ title: words.t('eht.decideNew'), verb: 'eht.askDecision' }] : []),
  ];
}

function turns({ previousId, nextId }: EhtPupilView, words: Translator) {
  const back = previousId === undefined ? [] : [{ title: words.t('eht.previous'), pupil: previousId }];
  const on = nextId === undefined ? [] : [{ title: words.t('eht.next'), pupil: nextId }];
  return [...back, ...on];
}
