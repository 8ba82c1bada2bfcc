import type { Translator } from '../locales/translator.ts';
import type { CaseLine, CasesView } from '../services/routine/cases-view.ts';
import { crossingText } from './crossing-text.ts';
import { type FaceOptions, FIRST_FACE } from './face.ts';
import type { On } from './on.ts';
import { pupilLabel, pupilTitle } from './pupil-name.ts';
import { type RoutineRow, routineListCard } from './routine-list.ts';
import { asLabel, asText } from './text.ts';
import type { Verb } from './verbs.ts';

/** The cases that wait for a school's coordinators, by level; one that a newer card has replaced is a single line. */
export function casesCard(
  view: CasesView,
  words: Translator,
  face: FaceOptions = FIRST_FACE,
  on: Omit<On, 'page'> = { purpose: 'cases', subject: `${view.schoolId}/${view.day}` },
): object {
  const list = {
    title: headline(asText(view.schoolName), view, words),
    fallback: casesSummary(view, words),
    lead: view.cases.length === 0 ? '' : words.t('cases.lead'),
    rows: view.cases.map((line) => rowOf(line, words)),
    on,
    allOf: (shown: readonly RoutineRow[], pages: number) => acceptAll(shown, pages, view, words),
  };
  return routineListCard(list, words, face);
}

/** The text of the notification, without names. */
export function casesSummary(view: CasesView, words: Translator): string {
  return headline(asLabel(view.schoolName), view, words);
}

function headline(name: string, { isReplaced, cases }: CasesView, words: Translator): string {
  if (isReplaced) return words.t('cases.replaced', { name });
  return words.t('cases.title', { name, count: cases.length });
}

/** What is pressed in a client that opens nothing. */
const AT_ONCE = {
  accept: { title: 'cases.accept', verb: 'routine.accept' },
  close: { title: 'cases.close', verb: 'routine.close' },
  withdraw: { title: 'cases.withdraw', verb: 'routine.withdraw' },
} as const satisfies Readonly<Record<CaseLine['asks'], { readonly title: string; readonly verb: Verb }>>;

function rowOf(line: CaseLine, words: Translator): RoutineRow {
  const { title, verb } = AT_ONCE[line.asks];
  return {
    section: asText(line.levelName),
    name: pupilTitle(line.pupil, words),
    lines: [
      line.asks === 'accept' ? crossingText(line.crossing, words) : crossedText(line, words),
      askText(line, words),
    ].filter(Boolean),
    button: {
      title: words.t('cases.open'),
      tooltip: words.t('cases.openTooltip', { name: pupilLabel(line.pupil, words) }),
      verb: 'routine.openCase',
      data: { case: line.id },
      fallback: { title: words.t(title), verb },
    },
  };
}

/** The limit that was crossed and when, of a case that may not be above it any more. */
export function crossedText({ crossing, crossedDay }: CaseLine, words: Translator): string {
  return words.t('cases.crossed', { day: words.date(crossedDay), crossing: crossingText(crossing, words) });
}

/** What a case asks to be confirmed, and why; '' where it is only proposed. */
export function askText({ asks, belowSince, hasLeft }: CaseLine, words: Translator): string {
  if (asks === 'accept') return '';
  if (asks === 'withdraw') return words.t('cases.asksWithdraw');
  if (hasLeft || belowSince === undefined) return words.t('cases.asksCloseLeft');
  return words.t('cases.asksClose', { day: words.date(belowSince) });
}

/** Only what whoever presses has seen: not what has come since, and not what asks for something else. */
function acceptAll(shown: readonly RoutineRow[], pages: number, { cases }: CasesView, words: Translator) {
  const onPage = new Set(shown.map(({ button }) => button?.data.case));
  const ids = cases.filter(({ id, asks }) => asks === 'accept' && onPage.has(id)).map(({ id }) => id);
  if (ids.length < 2) return [];
  const title = words.t(pages > 1 ? 'cases.acceptPage' : 'cases.acceptAll', { count: ids.length });
  return [{ title, verb: 'routine.acceptAll' as const, data: { cases: ids.join(',') } }];
}
