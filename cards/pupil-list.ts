import type { Translator } from '../locales/translator.ts';
import type {
  ProtectedLine,
  PupilLine,
  PupilListView,
  PupilStanding,
} from '../services/pupils/pupil-list-view.ts';
import { reportingText, windowText } from './absence-text.ts';
import { dateLine } from './header.ts';
import { onText } from './on.ts';
import { filterData } from './pupil-filter-data.ts';
import template from './pupil-list.json' with { type: 'json' };
import { filterInputs, filterWords } from './pupil-list-filter.ts';
import { cardTemplate } from './render.ts';
import { asLabel, asText } from './text.ts';
import { weighedPage } from './weighed-pages.ts';

const render = cardTemplate(template);

/** The purpose of the card, which is an answer and no post; its subject is school and day. */
export const PUPILS = 'pupils';

const LIMITS = { mostBytes: 14_000, mostRows: 20 };
/** What the template adds to the texts of a row, rounded up; a section's heading among it. */
const ROW_BYTES = 900;

export interface PupilListOptions {
  readonly page: number;
  /** Whether whoever reads it may know of protected pupils by their references; others are told how many. */
  readonly withReferences: boolean;
  /** Whether the client opens a pupil's page in a dialog. */
  readonly hasDialogs: boolean;
}

/** A school's pupils in the routine by level, the gravest first, with what to choose by below them. */
export function pupilListCard(view: PupilListView, words: Translator, options: PupilListOptions): object {
  const count = view.pupils.length + view.protectedPupils.length;
  const rows = [
    ...view.pupils.map((line) => rowOf(line, words)),
    ...protectedRows(view.protectedPupils, options, words),
  ];
  const { rows: shown, page, pages } = weighedPage(rows, options.page, LIMITS, bytesOf);
  const on = (at: number) => onText({ purpose: PUPILS, subject: `${view.schoolId}/${view.day}`, page: at });
  const filtered = filterWords(view, words);
  return render({
    lang: words.language,
    title: words.t('pupils.title', { name: asText(view.schoolName), count }),
    date: dateLine(view.day, words),
    shows: filtered === '' ? '' : words.t('pupils.shows', { filter: filtered }),
    empty: count > 0 ? '' : words.t(filtered === '' ? 'pupils.nobody' : 'pupils.none'),
    sections: sectionsOf(shown),
    open: words.t('pupils.open'),
    hasDialogs: options.hasDialogs,
    on: on(page),
    firstPage: on(0),
    turns: [
      ...(page + 1 < pages ? [{ title: words.t('card.more'), on: on(page + 1) }] : []),
      ...(page > 0 ? [{ title: words.t('card.back'), on: on(0) }] : []),
    ],
    ...filterData(view.filter),
    ...filterInputs(view, words),
  });
}

interface Row {
  readonly section: string;
  readonly name: string;
  readonly details: string;
  readonly overdue: string;
  readonly tooltip: string;
  readonly pupil: string;
}

function rowOf(line: PupilLine, words: Translator): Row {
  const contact =
    line.contactPerson === undefined
      ? words.t('pupils.noContactPerson')
      : words.t('pupils.contactPerson', { name: asText(line.contactPerson) });
  const told = standing(line, words);
  // A line never begins with a number: Markdown may take it for a list.
  const details = line.groupName === '' ? [contact, ...told] : [asText(line.groupName), ...told, contact];
  return {
    section: asText(line.level.name),
    name: asText(line.name),
    details: details.filter(Boolean).join(' · '),
    overdue: overdueText(line, words),
    tooltip: words.t('pupils.openTooltip', { name: asLabel(line.name) }),
    pupil: line.pupilId,
  };
}

function protectedRows(
  lines: readonly ProtectedLine[],
  { withReferences }: PupilListOptions,
  words: Translator,
): readonly Row[] {
  const section = words.t('pupils.protectedTitle', { count: lines.length });
  const common = { section, overdue: '', tooltip: '', pupil: '' };
  if (lines.length === 0) return [];
  if (!withReferences)
    return [{ ...common, name: words.t('school.protected', { count: lines.length }), details: '' }];
  return lines.map((line) => ({
    ...common,
    name: words.t('pupils.protected', { reference: asText(line.reference) }),
    details: [asText(line.level.name), ...standing(line, words)].filter(Boolean).join(' · '),
    overdue: overdueText(line, words),
  }));
}

function standing({ absence, isProposed }: PupilStanding, words: Translator): readonly string[] {
  const window = absence && windowText(absence.window, words);
  return [
    absence === undefined || window === undefined
      ? ''
      : words.t('pupils.absence', { percent: words.percent(absence.total), window }),
    reportingText(absence?.reporting, words),
    isProposed ? words.t('pupils.proposed') : '',
  ];
}

function overdueText({ overdue }: PupilStanding, words: Translator): string {
  return overdue === 0 ? '' : words.t('pupils.overdue', { count: overdue });
}

function bytesOf({ name, details, tooltip, section }: Row): number {
  return ROW_BYTES + Buffer.byteLength(JSON.stringify(name + details + tooltip + section));
}

/** Rows of one section stand together; one that goes on over a page has its heading on both. */
function sectionsOf(rows: readonly Row[]) {
  const sections = new Map<string, Row[]>();
  for (const row of rows) {
    const own = sections.get(row.section);
    if (own === undefined) sections.set(row.section, [row]);
    else own.push(row);
  }
  return [...sections].map(([title, own]) => ({ title, rows: own }));
}
