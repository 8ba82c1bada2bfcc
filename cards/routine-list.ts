import type { Translator } from '../locales/translator.ts';
import type { FaceOptions } from './face.ts';
import { type On, onText } from './on.ts';
import { pageOfItems, weight } from './pages.ts';
import { cardTemplate } from './render.ts';
import template from './routine-list.json' with { type: 'json' };
import type { Verb } from './verbs.ts';

const render = cardTemplate(template);

/** A case or a step: what it is, a line or two about it, and what can be pressed. */
export interface RoutineRow {
  /** '' where the rows have no headings. */
  readonly section: string;
  readonly name: string;
  readonly lines: readonly string[];
  readonly button: RowButton | undefined;
}

export interface RowButton {
  readonly title: string;
  readonly tooltip: string;
  readonly verb: Verb;
  readonly data: Readonly<Record<string, string | number>>;
  /** In a client that opens nothing: what is done at once instead. */
  readonly fallback: { readonly title: string; readonly verb: Verb };
}

export interface RoutineList {
  readonly title: string;
  readonly fallback: string;
  readonly lead: string;
  readonly rows: readonly RoutineRow[];
  readonly on: Omit<On, 'page'>;
  /** What can be pressed for all the rows of a page. */
  readonly allOf?: ((shown: readonly RoutineRow[], pages: number) => readonly PageButton[]) | undefined;
}

export interface PageButton {
  readonly title: string;
  readonly verb: Verb;
  readonly data: Readonly<Record<string, string | number>>;
}

/** What the template adds to a row's own texts, with its button and without, and to a heading; rounded up. */
const ROW_BYTES = 480;
const BUTTON_BYTES = 420;
const LINE_BYTES = 110;
const SECTION_BYTES = 330;
/** "Godta alla" carries the id of each, twice. */
const ID_BYTES = 80;

/** A list of the routine's cases or steps as a card of at most 25 KB, on as many pages as it takes. */
export function routineListCard(list: RoutineList, words: Translator, face: FaceOptions): object {
  const heading = list.rows.map(({ section }, index) => section !== list.rows[index - 1]?.section);
  const { items, page, pages } = pageOfItems(list.rows, face.page, (row, index) => {
    return bytesOf(row) + (heading[index] === true ? SECTION_BYTES + weight(row.section) : 0);
  });
  const on = onText({ ...list.on, page });
  const turned = (to: number) => ({ on: onText({ ...list.on, page: to }) });
  const buttons: readonly PageButton[] = [
    ...(list.allOf?.(items, pages) ?? []),
    ...(page + 1 < pages
      ? [{ title: words.t('card.more'), verb: 'card.show' as const, data: turned(page + 1) }]
      : []),
    ...(page > 0 ? [{ title: words.t('card.back'), verb: 'card.show' as const, data: turned(0) }] : []),
  ];
  return render({
    lang: words.language,
    title: list.title,
    fallback: list.fallback,
    notice: face.notice,
    lead: list.lead,
    sections: sectionsOf(items, on),
    pageText: pages > 1 ? words.t('card.page', { page: page + 1, pages }) : '',
    actions: buttons.map(({ title, verb, data }) => ({
      title,
      verb,
      data: { on, ...data },
      fallbackData: { verb, on, ...data },
    })),
  });
}

function sectionsOf(rows: readonly RoutineRow[], on: string) {
  const sections = new Map<string, readonly object[]>();
  for (const row of rows) sections.set(row.section, [...(sections.get(row.section) ?? []), bound(row, on)]);
  return [...sections].map(([title, own]) => ({ title, rows: own }));
}

function bound({ name, lines, button }: RoutineRow, on: string) {
  return {
    name,
    lines: lines.map((text) => ({ text })),
    buttons: button === undefined ? [] : [boundButton(button, on)],
  };
}

function boundButton({ title, tooltip, verb, data, fallback }: RowButton, on: string) {
  return {
    title,
    tooltip,
    verb,
    data: { ...data, on },
    fallbackTitle: fallback.title,
    fallbackData: { ...data, verb: fallback.verb, on },
  };
}

function bytesOf({ name, lines, button }: RoutineRow): number {
  const own = ROW_BYTES + weight(name) + lines.reduce((sum, line) => sum + LINE_BYTES + weight(line), 0);
  if (button === undefined) return own;
  const { data, tooltip, title, fallback } = button;
  return own + BUTTON_BYTES + ID_BYTES + 2 * weight(data) + weight(tooltip + title + fallback.title);
}
