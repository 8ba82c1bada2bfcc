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
 * Turns for calls to Teams, in the order in which they were asked for; what a person waits for goes before the rest, and
 * a conversation that has had its share holds up no other. They are taken at the last moment before a call, so that whatever
 * holds up the making of the cards cannot bunch the calls together.
 */
export function createTurns(deps: TurnDeps, signal: AbortSignal): TakeTurn {
  const turns = new Turns(deps, signal);
  return (conversationId, isUrgent) => turns.take(conversationId, isUrgent);
}

interface Waiter {
  readonly conversationId: string;
  readonly isUrgent: boolean;
  answer(mayGo: boolean): void;
}

class Turns {
  private readonly deps: TurnDeps;
  private readonly signal: AbortSignal;
  private urgent: Waiter[] = [];
  private bulk: Waiter[] = [];
  private wakesAtMs = Number.POSITIVE_INFINITY;

  constructor(deps: TurnDeps, signal: AbortSignal) {
    this.deps = deps;
    this.signal = signal;
  }

  take(conversationId: string, isUrgent: boolean): Promise<boolean> {
    return new Promise((answer) => {
      (isUrgent ? this.urgent : this.bulk).push({ conversationId, isUrgent, answer });
      this.look();
    });
  }

  private look(): void {
    if (this.signal.aborted) this.dismiss();
    else this.serve();
  }

  /** Answers all who may go now, and sees to it that the others are asked again as soon as one of them may. */
  private serve(): void {
    const nowMs = this.deps.clock.now().epochMilliseconds;
    const { pacing } = this.deps;
    let soonestMs = Number.POSITIVE_INFINITY;
    const isLeft = ({ conversationId, isUrgent, answer }: Waiter): boolean => {
      const waitMs = pacing.waitFor(conversationId, isUrgent, nowMs);
      if (waitMs > 0) {
        soonestMs = Math.min(soonestMs, waitMs);
        return true;
      }
      pacing.note(conversationId, nowMs);
      answer(true);
      return false;
    };
    this.urgent = this.urgent.filter(isLeft);
    this.bulk = this.bulk.filter(isLeft);
    if (Number.isFinite(soonestMs)) this.wakeIn(soonestMs, nowMs);
  }

  private dismiss(): void {
    for (const { answer } of [...this.urgent, ...this.bulk]) answer(false);
    this.urgent = [];
    this.bulk = [];
  }

  private wakeIn(ms: number, nowMs: number): void {
    const atMs = nowMs + ms;
    if (atMs >= this.wakesAtMs) return;
    this.wakesAtMs = atMs;
    void this.deps.delay(ms, this.signal).then(() => {
      if (this.wakesAtMs === atMs) this.wakesAtMs = Number.POSITIVE_INFINITY;
      this.look();
    });
  }
}
