import { setTimeout as delay } from 'node:timers/promises';
import type { Sedd } from '../bot/compose.ts';

/** Real time between two looks at what has fallen due. */
const TICK_MS = 250;

export interface Ticks {
  /** Fails when a tick fails. */
  readonly ended: Promise<never>;
  stop(): Promise<void>;
}

/** Ticks as the minute job does in earnest, one after the other. */
export function keepTicking(sedd: Pick<Sedd, 'tick'>): Ticks {
  const stopping = new AbortController();
  const { signal } = stopping;
  const going = (async () => {
    while (!signal.aborted) {
      await sedd.tick();
      // Being told to stop is no error here.
      await delay(TICK_MS, undefined, { signal }).catch(() => {});
    }
  })();
  return {
    ended: going.then(() => new Promise<never>(() => {})),
    stop: async () => {
      stopping.abort();
      // A tick that failed has been told of by `ended`.
      await going.catch(() => {});
    },
  };
}
