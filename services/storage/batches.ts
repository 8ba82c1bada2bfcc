/**
 * Rows in one statement. A statement on PGlite blocks the event loop: this many take some 40 ms, and a larger batch is not
 * faster.
 */
export const BATCH_ROWS = 2_000;

/**
 * Cuts `items` into batches of at most `size`, counted by `sizeOf` (1 each where left out). An item is never split: one that
 * is larger makes a batch of its own.
 */
export function* batches<T>(
  items: Iterable<T>,
  size = BATCH_ROWS,
  sizeOf: (item: T) => number = () => 1,
): Generator<T[]> {
  let batch: T[] = [];
  let filled = 0;
  for (const item of items) {
    const itemSize = sizeOf(item);
    if (batch.length > 0 && filled + itemSize > size) {
      yield batch;
      batch = [];
      filled = 0;
    }
    batch.push(item);
    filled += itemSize;
  }
  if (batch.length > 0) yield batch;
}
