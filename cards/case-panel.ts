import type { TextKey, Translator } from '../locales/translator.ts';
import { askOf } from '../services/routine/cases-view.ts';
import { type DeclineReason, declineReasons } from '../services/routine/end-case.ts';
import type { CaseDetail } from '../services/routine/read-case-detail.ts';
import type { StepLine } from '../services/routine/step-line.ts';
import template from './case-panel.json' with { type: 'json' };
import { askText, crossedText } from './cases.ts';
import { crossingText } from './crossing-text.ts';
import { type On, onText } from './on.ts';
import { pupilTitle } from './pupil-name.ts';
import { cardTemplate } from './render.ts';
import { stepStateText, stepText } from './step-text.ts';
import { asText } from './text.ts';
import type { Verb } from './verbs.ts';

const render = cardTemplate(template);

const CHOICES = {
  accept: [{ title: 'cases.accept', verb: 'routine.accept' }],
  close: [
    { title: 'cases.close', verb: 'routine.close' },
    { title: 'cases.goOn', verb: 'routine.keep' },
  ],
  withdraw: [
    { title: 'cases.withdraw', verb: 'routine.withdraw' },
    { title: 'cases.keep', verb: 'routine.keep' },
  ],
} as const satisfies Record<string, readonly { readonly title: TextKey; readonly verb: Verb }[]>;

const REASONS = {
  knownCause: 'cases.reason.knownCause',
  alreadyHandled: 'cases.reason.alreadyHandled',
  wrongData: 'cases.reason.wrongData',
  otherPlan: 'cases.reason.otherPlan',
} as const satisfies Readonly<Record<DeclineReason, TextKey>>;

/** One case for whoever judges it: why it is there, what accepting it would ask of whom, and what can be said of it. */
export function casePanel(view: CaseDetail, on: On, words: Translator, notice = ''): object {
  const asks = askOf(view.row);
  const isProposed = view.row.state === 'proposed';
  return render({
    lang: words.language,
    title: pupilTitle(view.pupil, words),
    fallback: words.t('cases.open'),
    notice,
    lines: lines(view, words).map((text) => ({ text })),
    stepsTitle: words.t(isProposed ? 'cases.ifAccepted' : 'cases.steps'),
    steps: view.steps.map((step) => ({ text: stepRow(step, words) })),
    choices: (asks === undefined ? [] : CHOICES[asks]).map(({ title, verb }) => ({
      title: words.t(title),
      verb,
    })),
    reasons: isProposed ? declineReasons.map((value) => ({ value, title: words.t(REASONS[value]) })) : [],
    declineLabel: words.t('cases.declineLabel'),
    declineChoose: words.t('cases.declineChoose'),
    decline: words.t('cases.decline'),
    back: words.t('contact.back'),
    case: view.id,
    on: onText(on),
  });
}

function lines(view: CaseDetail, words: Translator): readonly string[] {
  const { belowSince } = view;
  const asks = askOf(view.row);
  // What it asks says so already.
  const saysBelow = belowSince !== undefined && asks !== 'close';
  return [
    `**${asText(view.levelName)}**`,
    crossedText(view, words),
    nowText(view, words),
    saysBelow ? words.t('cases.belowSince', { day: words.date(belowSince) }) : '',
    asks === undefined ? '' : askText(view, words),
  ].filter(Boolean);
}

/** How it is now, where that is not what it was. */
function nowText({ crossing, now }: CaseDetail, words: Translator): string {
  if (now === undefined) return '';
  const text = crossingText(now, words);
  return text === crossingText(crossing, words) ? '' : words.t('cases.now', { crossing: text });
}

function stepRow(step: StepLine, words: Translator): string {
  const legal = step.hasLegalWeight ? [words.t('steps.legal')] : [];
  if (step.state !== 'open' && step.state !== 'proposed')
    return [`✓ ${stepText(step, words)}`, stepStateText(step, words), ...legal].join(' · ');
  const owner = step.owner.name === undefined ? words.t('cases.nobody') : asText(step.owner.name);
  const line = words.t('cases.stepLine', {
    step: stepText(step, words),
    owner,
    day: words.date(step.dueDay),
  });
  return [line, ...legal].join(' · ');
}
