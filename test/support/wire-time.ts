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

interface Sleeper {
  readonly untilMs: number;
  wake(): void;
}

/** `quiet` resolves when what is under way, such as queries, has had its chance to end. */
export function createWireTime(quiet: () => Promise<void>): WireTime {
  let now = Temporal.Instant.from('2026-11-23T07:45:00Z');
  let sleepers: readonly Sleeper[] = [];
  let isPassing = false;

  /** Whoever waits for the shortest time wakes first, and the others only when nothing else goes on again. */
  async function pass(): Promise<void> {
    isPassing = true;
    while (sleepers.length > 0) {
      await quiet();
      const [first, ...others] = sleepers.toSorted((a, b) => a.untilMs - b.untilMs);
      if (first === undefined) continue;
      sleepers = others;
      if (now.epochMilliseconds < first.untilMs) now = Temporal.Instant.fromEpochMilliseconds(first.untilMs);
      first.wake();
    }
    isPassing = false;
  }

  return {
    clock: { now: () => now },
    async delay(ms, signal) {
      if (signal?.aborted === true) return await quiet();
      await new Promise<void>((resolve) => {
        const wake = () => {
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        sleepers = [...sleepers, { untilMs: now.epochMilliseconds + Math.ceil(ms), wake }];
        signal?.addEventListener('abort', wake);
        if (!isPassing) void pass();
      });
    },
    advance: (seconds) => {
      now = now.add({ milliseconds: Math.round(seconds * 1_000) });
    },
    nowMs: () => now.epochMilliseconds,
  };
}
