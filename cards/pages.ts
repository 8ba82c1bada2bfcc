/** What rows may weigh on one page; the rest of the 25 KB is the card's head and the buttons under it. */
const MOST_PAGE_BYTES = 19_000;

export interface PageOf<T> {
  readonly items: readonly T[];
  /** Counted from 0. */
  readonly page: number;
  readonly pages: number;
}

/** Cuts items into pages that keep within a card's weight, and answers the one asked for, or the last. */
export function pageOfItems<T>(
  items: readonly T[],
  wanted: number,
  bytesOf: (item: T, index: number) => number,
): PageOf<T> {
  const pages: T[][] = [[]];
  let room = MOST_PAGE_BYTES;
  for (const [index, item] of items.entries()) {
    const bytes = bytesOf(item, index);
    if (bytes > room && pages.at(-1)?.length !== 0) {
      pages.push([]);
      room = MOST_PAGE_BYTES;
    }
    room -= bytes;
    pages.at(-1)?.push(item);
  }
  const page = Math.min(wanted, pages.length - 1);
  return { items: pages[page] ?? [], page, pages: pages.length };
}

/** What something weighs as JSON. */
export function weight(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
