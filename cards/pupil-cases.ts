import type { TextKey, Translator } from '../locales/translator.ts';
import type { PageCase, PageStep } from '../services/pupils/pupil-page-view.ts';
import { type Line, plainLine } from './pupil-lines.ts';
import { asText } from './text.ts';

const STATES = {
  proposed: 'pupil.state.proposed',
  open: 'pupil.state.open',
  closed: 'pupil.state.closed',
  withdrawn: 'pupil.state.withdrawn',
  declined: 'pupil.state.declined',
} as const satisfies Readonly<Record<PageCase['state'], TextKey>>;

const STEPS = {
  proposed: 'pupil.step.proposed',
  open: 'pupil.step.open',
  done: 'pupil.step.done',
  notNeeded: 'pupil.step.notNeeded',
  dropped: 'pupil.step.dropped',
} as const satisfies Readonly<Record<PageStep['state'], TextKey>>;

/** A case and what was done about it, a line each. */
export function caseLines(one: PageCase, words: Translator): readonly Line[] {
  const ended = one.endedDay === undefined ? '' : words.shortDay(one.endedDay);
  const text = words.t('pupil.case', {
    name: asText(one.levelName),
    day: words.shortDay(one.crossedDay),
    state: words.t(STATES[one.state], { day: ended }),
  });
  const heading: Line = { ...plainLine(text), spacing: 'small', weight: 'bolder' };
  return [heading, ...one.steps.map((step) => stepLine(step, words))];
}

function stepLine(step: PageStep, words: Translator): Line {
  const own = step.isFollowUp ? words.t('pupil.followUp', { name: asText(step.name) }) : asText(step.name);
  const name = step.hasLegalWeight ? words.t('pupil.legal', { name: own }) : own;
  const day = words.shortDay(step.doneDay ?? step.dueDay);
  const key = step.isOverdue ? 'pupil.step.overdue' : STEPS[step.state];
  const text = words.t(key, { name, day, by: asText(step.by ?? '') });
  return { ...plainLine(text), color: step.isOverdue ? 'attention' : 'default' };
}
