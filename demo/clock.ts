import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../services/clock.ts';

/** A school's clock that runs as fast as one likes, can be held, and stepped forward; never back. */
export interface DemoClock extends Clock {
  readonly isHeld: boolean;
  readonly speed: number;
  hold(): void;
  resume(): void;
  /** Moves on at once. */
  step(duration: Temporal.DurationLike): void;
}

/** `elapsedMs` is the real time that has passed, from a source that only moves on. */
export function demoClock(options: {
  readonly startsAt: Temporal.Instant;
  readonly speed: number;
  readonly elapsedMs: () => number;
}): DemoClock {
  const { speed, elapsedMs } = options;
  let shown = options.startsAt;
  let since = elapsedMs();
  let isHeld = false;

  function settle(): Temporal.Instant {
    const at = elapsedMs();
    if (!isHeld) shown = shown.add({ milliseconds: Math.round((at - since) * speed) });
    since = at;
    return shown;
  }

  return {
    get isHeld() {
      return isHeld;
    },
    speed,
    now: settle,
    hold() {
      settle();
      isHeld = true;
    },
    resume() {
      settle();
      isHeld = false;
    },
    step(duration) {
      settle();
      shown = shown.add(duration);
    },
  };
}
