/**
 * Teams' limits per tenant and per conversation, kept from our side so that nothing is refused.
 * Source of the figures: Microsoft's "Optimize your bot with rate limiting in Teams".
 */
export interface PacingLimits {
  /** Calls a second for the bulk of a morning, evenly spread. */
  readonly bulkPerSecond: number;
  /** Calls in any second, with what people wait for. */
  readonly mostPerSecond: number;
  /** Most calls to one conversation within so many milliseconds. */
  readonly conversation: readonly { readonly most: number; readonly withinMs: number }[];
}

/** 50 a second is Teams' limit: the bulk keeps under it, and leaves room for presses. */
export const teamsLimits: PacingLimits = {
  bulkPerSecond: 46,
  mostPerSecond: 49,
  conversation: [
    { most: 6, withinMs: 1_100 },
    { most: 7, withinMs: 2_100 },
    { most: 58, withinMs: 30_500 },
    { most: 1_780, withinMs: 3_610_000 },
  ],
};

/** How far the even spread may catch up after the process was busy with something else. */
const CATCH_UP_MS = 50;

/** What Teams' windows know of us; times are milliseconds of a clock that only moves on. */
export interface Pacing {
  /** Milliseconds until a call to the conversation may go; 0: now. */
  waitFor(conversationId: string, isUrgent: boolean, nowMs: number): number;
  /** A call goes now. */
  note(conversationId: string, nowMs: number): void;
  /** Teams asked us to wait with a conversation; everything else pauses for a moment too. */
  pause(conversationId: string, untilMs: number, nowMs: number): void;
}

/** Pacing for one tenant. Held in memory: one deliverer runs at a time, and Teams' windows are short. */
export function createPacing(limits: PacingLimits = teamsLimits): Pacing {
  const spacingMs = 1_000 / limits.bulkPerSecond;
  const calls: number[] = [];
  const byConversation = new Map<string, number[]>();
  const pausedUntil = new Map<string, number>();
  let nextBulkAt = 0;
  let allPausedUntil = 0;

  function waitFor(conversationId: string, isUrgent: boolean, nowMs: number): number {
    const waits = [
      allPausedUntil - nowMs,
      (pausedUntil.get(conversationId) ?? 0) - nowMs,
      windowWait(calls, isUrgent ? limits.mostPerSecond : limits.bulkPerSecond, 1_000, nowMs),
      isUrgent ? 0 : nextBulkAt - nowMs,
    ];
    const own = byConversation.get(conversationId) ?? [];
    for (const { most, withinMs } of limits.conversation) waits.push(windowWait(own, most, withinMs, nowMs));
    return Math.max(0, ...waits);
  }

  function note(conversationId: string, nowMs: number): void {
    keep(calls, nowMs, 1_000);
    const own = byConversation.get(conversationId) ?? [];
    keep(own, nowMs, Math.max(...limits.conversation.map((window) => window.withinMs)));
    byConversation.set(conversationId, own);
    nextBulkAt = Math.max(nextBulkAt, nowMs - CATCH_UP_MS) + spacingMs;
  }

  function pause(conversationId: string, untilMs: number, nowMs: number): void {
    pausedUntil.set(conversationId, untilMs);
    allPausedUntil = Math.max(allPausedUntil, Math.min(untilMs, nowMs + 1_000));
  }

  return { waitFor, note, pause };
}

/** Milliseconds until fewer than `most` of the calls lie within the window. */
function windowWait(calls: readonly number[], most: number, withinMs: number, nowMs: number): number {
  const oldestThatCounts = calls.at(-most);
  return oldestThatCounts === undefined ? 0 : oldestThatCounts + withinMs - nowMs;
}

function keep(calls: number[], nowMs: number, withinMs: number): void {
  while (calls[0] !== undefined && calls[0] <= nowMs - withinMs) calls.shift();
  calls.push(nowMs);
}
