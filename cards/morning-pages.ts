import type { Section } from './morning.ts';
import type { PupilRow } from './pupil-row.ts';

/** What the rows of one page may weigh; the rest of the card has its share of the 25 KB. */
const MOST_ROW_BYTES = 20_000;
/** What the template adds to a row's own texts, rounded up. */
const PLAIN_ROW_BYTES = 480;
const BUTTON_ROW_BYTES = 1_150;

export interface Page {
  readonly sections: readonly Section[];
  readonly page: number;
  readonly pages: number;
}

/** Cuts the sections into pages that keep within a card's weight, and answers the one asked for. */
export function pageOf(sections: readonly Section[], wanted: number): Page {
  const pages = paginate(sections);
  const page = Math.min(wanted, pages.length - 1);
  return { sections: pages[page] ?? [], page, pages: pages.length };
}

function paginate(sections: readonly Section[]): readonly (readonly Section[])[] {
  const pages: Section[][] = [[]];
  let room = MOST_ROW_BYTES;
  for (const section of sections) {
    let part: PupilRow[] = [];
    for (const row of section.rows) {
      const bytes = rowBytes(row);
      if (bytes > room) {
        if (part.length > 0) pages.at(-1)?.push({ ...section, rows: part });
        pages.push([]);
        part = [];
        room = MOST_ROW_BYTES;
      }
      part.push(row);
      room -= bytes;
    }
    if (part.length > 0 || section.rows.length === 0) pages.at(-1)?.push({ ...section, rows: part });
  }
  return pages;
}

/** The name stands in the row, and in the button's tooltip. */
function rowBytes(row: PupilRow): number {
  const texts = Buffer.byteLength(JSON.stringify(row.name + row.details + row.done + row.tooltip));
  return texts + (row.contact === '' ? PLAIN_ROW_BYTES : BUTTON_ROW_BYTES);
}
