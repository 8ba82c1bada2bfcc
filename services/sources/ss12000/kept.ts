import type { Clock } from '../../clock.ts';

/** Reads once for so many hours and all who ask in them; what could not be read is read again by whoever asks next. */
export function kept<T>(hours: number, wireClock: Clock, read: () => Promise<T>): () => Promise<T> {
  let known: { readonly value: Promise<T>; readonly until: number } | undefined;
  return async () => {
    const now = wireClock.now().epochMilliseconds;
    if (known === undefined || known.until <= now) {
      const value = read().catch((error: unknown) => {
        known = undefined;
        throw error;
      });
      known = { value, until: now + hours * 3_600_000 };
    }
    return await known.value;
  };
}
