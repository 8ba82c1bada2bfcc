export type End = () => Promise<void>;

/** What has been started and has to be ended, in the order it was started. */
export interface Running {
  add(end: End): void;
  /** Ends all of it, the last first, once. What does not end well does not keep the rest; fails with the first failure. */
  end(): Promise<void>;
}

export function createRunning(): Running {
  const ends: End[] = [];
  let ended: Promise<void> | undefined;
  return {
    add: (end) => void ends.push(end),
    end: () => {
      ended ??= endAll(ends);
      return ended;
    },
  };
}

async function endAll(ends: readonly End[]): Promise<void> {
  const failures: unknown[] = [];
  for (const end of ends.toReversed()) {
    await end().catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}
