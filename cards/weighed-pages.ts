export interface WeighedPage<T> {
  readonly rows: readonly T[];
  readonly page: number;
  readonly pages: number;
}

export interface PageLimits {
  readonly mostBytes: number;
  readonly mostRows: number;
}

/** Cuts rows into pages that are neither too heavy nor too long, and answers the one asked for, or the last. */
export function weighedPage<T>(
  rows: readonly T[],
  wanted: number,
  limits: PageLimits,
  bytesOf: (row: T) => number,
): WeighedPage<T> {
  const pages: T[][] = [[]];
  let bytes = 0;
  for (const row of rows) {
    const own = bytesOf(row);
    const last = pages.at(-1) ?? [];
    if (last.length > 0 && (bytes + own > limits.mostBytes || last.length === limits.mostRows)) {
      pages.push([row]);
      bytes = own;
    } else {
      last.push(row);
      bytes += own;
    }
  }
  const page = Math.min(wanted, pages.length - 1);
  return { rows: pages[page] ?? [], page, pages: pages.length };
}
