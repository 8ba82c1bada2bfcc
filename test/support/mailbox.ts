/** What a handler under test was called with, to be awaited one by one. */
export interface Mailbox<T> {
  readonly all: readonly T[];
  put(value: T): void;
  /** The next one that nobody has taken; waits for it where there is none. */
  next(): Promise<T>;
}

export function createMailbox<T>(): Mailbox<T> {
  const all: T[] = [];
  const waiting: ((value: T) => void)[] = [];
  let taken = 0;
  return {
    all,
    put: (value) => {
      all.push(value);
      const first = waiting.shift();
      if (first === undefined) return;
      taken += 1;
      first(value);
    },
    next: async () => {
      const value = all[taken];
      if (value === undefined) return await new Promise<T>((resolve) => waiting.push(resolve));
      taken += 1;
      return value;
    },
  };
}
