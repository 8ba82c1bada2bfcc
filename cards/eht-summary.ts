import type { Translator } from '../locales/translator.ts';
import type { EhtDecisionLine } from '../services/eht/pupil-view.ts';
import type { EhtSummaryPupil, EhtSummaryView } from '../services/eht/summary-view.ts';
import template from './eht-summary.json' with { type: 'json' };
import { decisionText, nameAndGroup } from './eht-text.ts';
import { type FaceOptions, FIRST_FACE } from './face.ts';
import { onText } from './on.ts';
import { cardTemplate } from './render.ts';
import { type RowSection, sectionPage, weight } from './section-pages.ts';
import { asLabel, asText } from './text.ts';

const render = cardTemplate(template);
const PLAIN_ROW_BYTES = 420;
const ACTIVE_ROW_BYTES = 800;

/** A row of what came of a meeting, or of a reminder; `decision` where it can be said to be done. */
export interface DecisionRowText {
  readonly text: string;
  readonly weight: string;
  readonly details: string;
  readonly decision: string;
  readonly tooltip: string;
}

/** What came of a meeting of EHT's: who was taken up and what was decided, and whom the next one begins with. */
export function ehtSummaryCard(
  view: EhtSummaryView,
  words: Translator,
  face: FaceOptions = FIRST_FACE,
): object {
  const current = sectionPage(sections(view, words), face.page, rowBytes);
  const on = (page: number) =>
    onText({ purpose: 'ehtSummary', subject: `${view.schoolId}/${view.day}`, page });
  const { page, pages } = current;
  return render({
    lang: words.language,
    title: ehtSummarySummary(view, words),
    lines: [
      { text: [asText(view.schoolName), ...closedLine(view, words)].join(' · ') },
      { text: words.t('eht.summaryCounts', { count: view.takenUp.length }) },
    ],
    notice: face.notice,
    sections: current.sections,
    neutral: view.protectedPupils === 0 ? '' : words.t('school.protected', { count: view.protectedPupils }),
    pageText: pages > 1 ? words.t('card.page', { page: page + 1, pages }) : '',
    done: words.t('eht.done'),
    on: on(page),
    actions: [
      ...(page + 1 < pages ? [{ title: words.t('card.more'), verb: 'card.show', on: on(page + 1) }] : []),
      ...(page > 0 ? [{ title: words.t('card.back'), verb: 'card.show', on: on(0) }] : []),
    ],
  });
}

/** The text of the notification, without names. */
export function ehtSummarySummary(view: EhtSummaryView, words: Translator): string {
  return words.t('eht.summaryTitle', { date: words.date(view.day) });
}

function closedLine({ closedAt, closedBy }: EhtSummaryView, words: Translator): readonly string[] {
  if (closedAt === undefined) return [];
  const time = words.time(closedAt);
  return closedBy === undefined
    ? [words.t('eht.summaryClosed', { time })]
    : [words.t('eht.summaryClosedBy', { time, name: asText(closedBy) })];
}

function sections(view: EhtSummaryView, words: Translator): readonly RowSection<DecisionRowText>[] {
  const { takenUp, passedOver } = view;
  return [
    {
      title: words.t('eht.takenUp', { count: takenUp.length }),
      rows: takenUp.flatMap((pupil) => pupilRows(pupil, words)),
    },
    {
      title: words.t('eht.passedOver', { count: passedOver.length }),
      rows: passedOver.map(({ name, groupName }) => plain(nameAndGroup(name, groupName))),
    },
  ];
}

const STEPS = {
  done: 'eht.summaryStepDone',
  notNeeded: 'eht.summaryStepNotNeeded',
  open: 'eht.summaryStepOpen',
} as const;

/** The pupil with the steps that were handled, and under it each decision. */
function pupilRows(
  { name, groupName, steps, decisions }: EhtSummaryPupil,
  words: Translator,
): readonly DecisionRowText[] {
  const handled = steps.map((step) => words.t(STEPS[step.state], { name: asText(step.name) }));
  const details = [...handled, ...(decisions.length === 0 ? [words.t('eht.noDecisionOf')] : [])].join(' · ');
  return [
    { ...plain(nameAndGroup(name, groupName)), weight: 'bolder', details },
    ...decisions.map((decision) => decisionRow(decision, words)),
  ];
}

/** A decision with its button while it is open. */
export function decisionRow(decision: EhtDecisionLine, words: Translator, about = ''): DecisionRowText {
  const isOpen = decision.state !== 'done';
  const name = asText(decision.name);
  return {
    text: isOpen ? name : `✓ ${name}`,
    weight: 'default',
    details: [about, decisionText(decision, words)].filter(Boolean).join(' · '),
    decision: isOpen ? decision.id : '',
    tooltip: words.t('eht.doneTooltip', { name: asLabel(decision.name) }),
  };
}

function plain(text: string): DecisionRowText {
  return { text, weight: 'default', details: '', decision: '', tooltip: '' };
}

function rowBytes({ text, details, decision, tooltip }: DecisionRowText): number {
  return decision === ''
    ? PLAIN_ROW_BYTES + weight(text, details)
    : ACTIVE_ROW_BYTES + weight(text, details, tooltip);
}
