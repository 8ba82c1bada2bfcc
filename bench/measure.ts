import { performance } from 'node:perf_hooks';

/** The value that so large a share of the values is below; of half of them, the median. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Milliseconds that the work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** How often something was done in a second, and how that compares with its yardstick. */
export interface PairedRates {
  readonly own: number;
  readonly reference: number;
  readonly ratio: number;
}

const SLICE_MS = 25;
const ROUNDS = 60;

/**
 * Rates of two pieces of work that take turns in short slices, so that whatever else the machine does hits both alike;
 * medians, the ratio's that of the pairs.
 */
export function pairedRates(own: () => unknown, reference: () => unknown): PairedRates {
  rate(own);
  rate(reference);
  const pairs = Array.from({ length: ROUNDS }, () => ({ own: rate(own), reference: rate(reference) }));
  return {
    own: median(pairs.map((pair) => pair.own)),
    reference: median(pairs.map((pair) => pair.reference)),
    ratio: median(pairs.map((pair) => pair.own / pair.reference)),
  };
}

function rate(work: () => unknown): number {
  const start = performance.now();
  let times = 0;
  let end = start;
  while (end - start < SLICE_MS) {
    work();
    times += 1;
    end = performance.now();
  }
  return (times / (end - start)) * 1_000;
}

/** Fails when it takes longer: a benchmark ends by itself, whatever it measures. */
export async function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${ms / 1_000} s`)), ms);
  });
  try {
    return await Promise.race([work, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
