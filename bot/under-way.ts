/** Work that goes on although whoever asked for it has hung up, and that has to end before what it uses is closed. */
export interface UnderWay {
  /** The same, its calls remembered until they end. */
  remembered<A extends readonly unknown[], T>(act: (...of: A) => Promise<T>): (...of: A) => Promise<T>;
  /** Resolves when all of it has ended, however, or after so long. */
  ended(longestMs: number): Promise<void>;
}

export function createUnderWay(): UnderWay {
  const all = new Set<Promise<unknown>>();
  return {
    remembered:
      (act) =>
      (...of) => {
        const work = act(...of).finally(() => all.delete(work));
        all.add(work);
        return work;
      },
    async ended(longestMs) {
      let timer: NodeJS.Timeout | undefined;
      const tooLong = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, longestMs);
      });
      await Promise.race([Promise.allSettled(all), tooLong]);
      clearTimeout(timer);
    },
  };
}
