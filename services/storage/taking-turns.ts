import { setTimeout as delay } from 'node:timers/promises';

/** Does the work when its turn comes, and answers what it answers. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Has heavy work take turns, one at a time in the order asked for, with a rest after each that is as long as the work was: in
 * the database of this process nothing else goes on meanwhile, and cards and presses are not to wait until all of it is done.
 * Whoever has been answered does not wait for the rest.
 */
export function takingTurns(rest: (ms: number) => Promise<void> = aRest): InTurn {
  let free: Promise<unknown> = Promise.resolve();
  return async (work) => {
    const before = free;
    let over = () => {};
    free = new Promise<void>((resolve) => {
      over = resolve;
    });
    await before;
    const from = performance.now();
    try {
      return await work();
    } finally {
      void rest(performance.now() - from).then(over);
    }
  };
}

/** Of real time; a process that has nothing else to do does not wait for it. */
async function aRest(ms: number): Promise<void> {
  await delay(ms, undefined, { ref: false });
}

/** For a database where work goes on side by side. */
export const atOnce: InTurn = (work) => work();
