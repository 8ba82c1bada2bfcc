import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../services/clock.ts';

/** Time that only passes when it is waited for, or told to. */
export interface WireTime {
  readonly clock: Clock;
  /** Lets so much time pass, once nothing else goes on. */
  delay(ms: number, signal?: AbortSignal): Promise<void>;
  advance(seconds: number): void;
  nowMs(): number;
}

/** `quiet` resolves when what is under way, such as queries, has had its chance to end. */
export function createWireTime(quiet: () => Promise<void>): WireTime {
  let now = Temporal.Instant.from('2026-11-23T07:45:00Z');
  return {
    clock: { now: () => now },
    async delay(ms, signal) {
      const until = now.add({ milliseconds: Math.ceil(ms) });
      await quiet();
      if (signal?.aborted !== true && Temporal.Instant.compare(now, until) < 0) now = until;
    },
    advance: (seconds) => {
      now = now.add({ milliseconds: Math.round(seconds * 1_000) });
    },
    nowMs: () => now.epochMilliseconds,
  };
}
