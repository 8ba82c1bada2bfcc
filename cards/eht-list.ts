import type { Translator } from '../locales/translator.ts';
import type { EhtLine, EhtListView } from '../services/eht/list-view.ts';
import type { Compliance } from '../services/routine/compliance.ts';
import template from './eht-list.json' with { type: 'json' };
import { absenceText, workText } from './eht-text.ts';
import { type FaceOptions, FIRST_FACE } from './face.ts';
import { type On, onText } from './on.ts';
import { cardTemplate } from './render.ts';
import { type RowSection, sectionPage, weight } from './section-pages.ts';
import { asLabel, asText } from './text.ts';

const render = cardTemplate(template);
/** What the template adds to the texts of a row, rounded up. */
const ROW_BYTES = 780;

/** The list of a meeting of EHT's; of one that is not held, or that a later list has replaced, a single line says so. `on` is where its buttons are pressed. */
export function ehtListCard(
  view: EhtListView,
  words: Translator,
  face: FaceOptions = FIRST_FACE,
  on: Omit<On, 'page'> = { purpose: 'ehtList', subject: `${view.schoolId}/${view.day}` },
): object {
  if (isGone(view)) return goneCard(view, words, { on, face });
  const current = sectionPage(sections(view, words), face.page, rowBytes);
  const onPage = (page: number) => onText({ ...on, page });
  return render({
    lang: words.language,
    title: ehtListSummary(view, words),
    head: words.t('eht.head', { school: asText(view.schoolName), time: timeOf(view, words) }),
    lines: lines(view, words).map((text) => ({ text })),
    notice: face.notice,
    empty: view.pupils.length === 0 ? words.t('eht.empty') : '',
    sections: current.sections,
    neutral: view.protectedPupils === 0 ? '' : words.t('school.protected', { count: view.protectedPupils }),
    pageText: current.pages > 1 ? words.t('card.page', { page: current.page + 1, pages: current.pages }) : '',
    open: words.t('eht.open'),
    on: onPage(current.page),
    actions: [
      ...turns(current, words, onPage),
      ...(view.state === 'open'
        ? [{ title: words.t('eht.close'), verb: 'eht.close', on: onPage(current.page) }]
        : []),
    ],
  });
}

/** The text of the notification, without names. */
export function ehtListSummary(view: EhtListView, words: Translator): string {
  const date = words.date(view.day);
  if (isGone(view)) return words.t(view.state === 'notHeld' ? 'eht.notHeld' : 'eht.replaced', { date });
  return words.t('eht.title', { date, count: view.pupils.length + view.protectedPupils });
}

/** There is nothing to be done on the card any more. */
function isGone({ state }: EhtListView): boolean {
  return state === 'replaced' || state === 'notHeld';
}

function goneCard(
  view: EhtListView,
  words: Translator,
  { on, face }: { readonly on: Omit<On, 'page'>; readonly face: FaceOptions },
): object {
  return render({
    lang: words.language,
    title: ehtListSummary(view, words),
    head: '',
    lines: [],
    notice: face.notice,
    empty: '',
    sections: [],
    neutral: '',
    pageText: '',
    open: words.t('eht.open'),
    on: onText({ ...on, page: 0 }),
    actions: [],
  });
}

function timeOf({ startsAt }: EhtListView, words: Translator): string {
  return startsAt === undefined ? '' : words.time(startsAt);
}

function lines(view: EhtListView, words: Translator): readonly string[] {
  const { sinceLast, term } = view.compliance;
  return [
    stateLine(view, words),
    sinceLast === undefined ? '' : complianceLine('eht.sinceLast', sinceLast, words),
    complianceLine('eht.term', term, words),
    words.t('eht.asOf', { day: words.shortDay(view.asOf) }),
  ].filter(Boolean);
}

function stateLine({ state, closedAt, closedBy }: EhtListView, words: Translator): string {
  if (state === 'preview') return words.t('eht.preview');
  if (state !== 'closed' || closedAt === undefined) return '';
  const time = words.time(closedAt);
  return closedBy === undefined
    ? words.t('eht.closed', { time })
    : words.t('eht.closedBy', { time, name: asText(closedBy) });
}

/** "Rutinföljsamhet sedan förra mötet: 12 av 15 steg i tid (80 %) · 2 inte i tid". */
function complianceLine(
  key: 'eht.sinceLast' | 'eht.term',
  { steps: count, onTime, late, overdue }: Compliance,
  words: Translator,
): string {
  const share = words.percent(count === 0 ? 0 : onTime / count);
  const delayed = late + overdue;
  return [
    words.t(key, { count, onTime, share }),
    ...(delayed === 0 ? [] : [words.t('eht.lateSteps', { count: delayed })]),
  ].join(' · ');
}

interface Row {
  readonly name: string;
  readonly weight: string;
  readonly facts: string;
  readonly work: string;
  readonly pupil: string;
  readonly tooltip: string;
}

function sections(view: EhtListView, words: Translator): readonly RowSection<Row>[] {
  const isFirst = view.previousDay === undefined;
  const titles = {
    carried: 'eht.carried',
    new: isFirst ? 'eht.newFirst' : 'eht.new',
    other: 'eht.other',
  } as const;
  return (['carried', 'new', 'other'] as const).map((section) => {
    const own = view.pupils.filter((line) => line.section === section);
    return {
      title: words.t(titles[section], { count: own.length }),
      rows: own.map((line) => rowOf(line, words)),
    };
  });
}

function rowOf(line: EhtLine, words: Translator): Row {
  const facts = [
    line.groupName === '' ? '' : asText(line.groupName),
    line.level === undefined ? words.t('eht.noLevel') : asText(line.level),
    absenceText(line.fourWeeks, words),
    line.contactPerson === undefined
      ? words.t('eht.noContactPerson')
      : words.t('eht.contactPerson', { name: asText(line.contactPerson) }),
  ];
  return {
    name: line.isTakenUp ? `✓ ${asText(line.name)} (${words.t('eht.takenUpMark')})` : asText(line.name),
    weight: line.isTakenUp ? 'default' : 'bolder',
    facts: facts.filter(Boolean).join(' · '),
    work: workText(line, words),
    pupil: line.pupilId,
    tooltip: words.t('eht.openTooltip', { name: asLabel(line.name) }),
  };
}

function rowBytes({ name, facts, work, tooltip }: Row): number {
  return ROW_BYTES + weight(name, facts, work, tooltip);
}

function turns(
  { page, pages }: { readonly page: number; readonly pages: number },
  words: Translator,
  on: (page: number) => string,
) {
  const more = page + 1 < pages ? [{ title: words.t('card.more'), verb: 'card.show', on: on(page + 1) }] : [];
  const back = page > 0 ? [{ title: words.t('card.back'), verb: 'card.show', on: on(0) }] : [];
  return [...more, ...back];
}
