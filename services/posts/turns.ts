import type { Clock } from '../clock.ts';
import type { Pacing } from './pacing.ts';

export interface TurnDeps {
  readonly pacing: Pacing;
  readonly clock: Clock;
  /** Resolves after so many real milliseconds, or at once when aborted. */
  readonly delay: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** Resolves when a call to the conversation may go, and counts it; false where Sedd is stopping and none may go any more. */
export type TakeTurn = (conversationId: string, isUrgent: boolean) => Promise<boolean>;

/**
 * Turns for calls to Teams. They are taken at the last moment before a call, so that whatever holds up the making of the
 * cards cannot bunch the calls together.
 */
export function createTurns({ pacing, clock, delay }: TurnDeps, signal: AbortSignal): TakeTurn {
  return async (conversationId, isUrgent) => {
    while (!signal.aborted) {
      const nowMs = clock.now().epochMilliseconds;
      const waitMs = pacing.waitFor(conversationId, isUrgent, nowMs);
      if (waitMs <= 0) {
        pacing.note(conversationId, nowMs);
        return true;
      }
      await delay(waitMs, signal);
    }
    return false;
  };
}
