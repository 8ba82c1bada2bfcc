import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

/** Lets so much real time pass, or less where the signal says so. */
export async function wait(ms: number, signal?: AbortSignal): Promise<void> {
  // Many wait at once, each listening; Node warns of more than ten as of a leak.
  if (signal !== undefined) setMaxListeners(0, signal);
  // Being told to stop is no error here: whoever waits looks at the signal next.
  await delay(ms, undefined, signal === undefined ? {} : { signal }).catch(() => {});
}
