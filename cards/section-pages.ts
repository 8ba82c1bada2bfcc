/** A heading with rows under it. */
export interface RowSection<Row> {
  readonly title: string;
  readonly rows: readonly Row[];
}

export interface SectionPage<Row> {
  readonly sections: readonly RowSection<Row>[];
  /** Counted from 0. */
  readonly page: number;
  readonly pages: number;
}

/** What rows may weigh on one page; the rest of the 25 KB is the card's head and the buttons that turn pages. */
const MOST_PAGE_BYTES = 19_000;
const SECTION_BYTES = 300;

/**
 * Cuts sections into pages that keep within a card's weight, and answers the one that is asked for, or the last. A section that
 * goes on over a page has its heading on both; one without rows has none.
 */
export function sectionPage<Row>(
  sections: readonly RowSection<Row>[],
  wanted: number,
  bytesOf: (row: Row) => number,
): SectionPage<Row> {
  const pages: RowSection<Row>[][] = [[]];
  let room = MOST_PAGE_BYTES;
  for (const { title, rows } of sections) {
    for (const [index, row] of rows.entries()) {
      const bytes = bytesOf(row) + (index === 0 ? SECTION_BYTES : 0);
      const isFull = bytes > room;
      if (isFull) {
        pages.push([]);
        room = MOST_PAGE_BYTES - SECTION_BYTES;
      }
      room -= bytes;
      add(pages.at(-1) ?? [], title, row, index === 0 || isFull);
    }
  }
  const page = Math.min(wanted, pages.length - 1);
  return { sections: pages[page] ?? [], page, pages: pages.length };
}

function add<Row>(page: RowSection<Row>[], title: string, row: Row, isFirst: boolean): void {
  const last = page.at(-1);
  if (isFirst || last === undefined) page.push({ title, rows: [row] });
  else page[page.length - 1] = { title, rows: [...last.rows, row] };
}

/** What texts come to in a card. */
export function weight(...texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(JSON.stringify(text)), 0);
}
