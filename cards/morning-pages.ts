import type { Section } from './morning-sections.ts';
import type { PupilRow } from './pupil-row.ts';

/** What sections may weigh on one page; the rest of the 25 KB is the card's head and the buttons that turn pages. */
const MOST_PAGE_BYTES = 20_000;
/** What the template adds to the texts of each, rounded up. */
const SECTION_BYTES = 350;
const PLAIN_ROW_BYTES = 180;
const ACTIVE_ROW_BYTES = 960;

export interface Page {
  readonly sections: readonly Section[];
  readonly page: number;
  readonly pages: number;
}

/** What is not divided: a pupil, or a section without pupils. */
interface Piece {
  readonly section: Section;
  readonly row: PupilRow | undefined;
  readonly bytes: number;
}

/** Cuts the sections into pages that keep within a card's weight, and answers the one asked for, or the last. */
export function pageOf(sections: readonly Section[], wanted: number): Page {
  if (isSurelyOne(sections)) return { sections, page: 0, pages: 1 };
  const pages = paginate(sections.flatMap(piecesOf));
  const page = Math.min(wanted, pages.length - 1);
  return { sections: pages[page] ?? [], page, pages: pages.length };
}

/** What a unit of JavaScript's text comes to in JSON at most, as an escape. */
const BYTES_PER_UNIT = 6;

/** Most cards are so small that nothing in them has to be weighed. */
function isSurelyOne(sections: readonly Section[]): boolean {
  let bytes = 0;
  for (const { text, rows } of sections) {
    bytes += SECTION_BYTES + mostWeight(text);
    for (const row of rows) bytes += mostRowBytes(row);
  }
  return bytes <= MOST_PAGE_BYTES;
}

function mostRowBytes(row: PupilRow): number {
  const own = mostWeight(row.name) + mostWeight(row.details);
  return row.kind === 'plain' ? PLAIN_ROW_BYTES + own : ACTIVE_ROW_BYTES + own + mostWeight(row.tooltip);
}

function mostWeight(text: string): number {
  return 2 + text.length * BYTES_PER_UNIT;
}

function piecesOf(section: Section): readonly Piece[] {
  if (section.rows.length === 0)
    return [{ section, row: undefined, bytes: SECTION_BYTES + weight(section.text) }];
  return section.rows.map((row, index) => ({
    section,
    row,
    bytes: rowBytes(row) + (index === 0 ? SECTION_BYTES : 0),
  }));
}

/** A section that goes on over a page has its heading on both. */
function paginate(pieces: readonly Piece[]): readonly (readonly Section[])[] {
  let page = new Map<Section, PupilRow[]>();
  const pages = [page];
  let room = MOST_PAGE_BYTES;
  for (const { section, row, bytes } of pieces) {
    if (bytes > room) {
      page = new Map();
      pages.push(page);
      room = MOST_PAGE_BYTES - SECTION_BYTES;
    }
    room -= bytes;
    const rows = page.get(section) ?? [];
    page.set(section, rows);
    if (row !== undefined) rows.push(row);
  }
  return pages.map((sections) => [...sections].map(([section, rows]) => ({ ...section, rows })));
}

/** The name of a pupil with a button stands in the row, and in the button's tooltip. */
function rowBytes(row: PupilRow): number {
  return row.kind === 'plain'
    ? PLAIN_ROW_BYTES + weight(row.name + row.details)
    : ACTIVE_ROW_BYTES + weight(row.name + row.details + row.tooltip);
}

function weight(text: string): number {
  return Buffer.byteLength(JSON.stringify(text));
}
