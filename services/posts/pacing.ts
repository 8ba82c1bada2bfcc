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

/** 50 a second is Teams' limit, counted where calls arrive: what is between is for those that bunch on their way. */
export const teamsLimits: PacingLimits = {
  bulkPerSecond: 47,
  mostPerSecond: 48,
  conversation: [
    { most: 6, withinMs: 1_100 },
    { most: 7, withinMs: 2_100 },
    { most: 58, withinMs: 30_500 },
    { most: 1_780, withinMs: 3_610_000 },
  ],
};

/** How far the even spread may catch up after the process was busy with something else. */
const CATCH_UP_MS = 50;
/** A call that was refused says that the windows are full, and they empty with every moment that passes. */
const ALL_PAUSE_MS = 250;
/** A clock that goes back by more than this was set; smaller steps are its own corrections. */
const SET_BACK_MS = 1_000;
/** How often what is over is forgotten. */
const SWEEP_MS = 600_000;

/** What Teams' windows know of us; times are milliseconds of the machine's clock. */
export interface Pacing {
  /** Milliseconds until a call to the conversation may go; 0: now. */
  waitFor(conversationId: string, isUrgent: boolean, nowMs: number): number;
  /** A call goes now. */
  note(conversationId: string, nowMs: number): void;
  /** Teams asked us to wait with a conversation; everything else pauses for a moment too. */
  pause(conversationId: string, untilMs: number, nowMs: number): void;
  /** Conversations that something is remembered of. */
  readonly size: number;
}

/** Pacing for one tenant. Held in memory: one deliverer runs at a time, and Teams' windows are short. */
export function createPacing(limits: PacingLimits = teamsLimits): Pacing {
  return new WindowPacing(limits);
}

class WindowPacing implements Pacing {
  private readonly limits: PacingLimits;
  private readonly spacingMs: number;
  private readonly longestMs: number;
  private calls: number[] = [];
  private readonly byConversation = new Map<string, number[]>();
  private readonly pausedUntil = new Map<string, number>();
  private nextBulkAt = 0;
  private allPausedUntil = 0;
  private latestMs = 0;
  private sweptAt = 0;

  constructor(limits: PacingLimits) {
    this.limits = limits;
    this.spacingMs = 1_000 / limits.bulkPerSecond;
    this.longestMs = Math.max(...limits.conversation.map((window) => window.withinMs));
  }

  get size(): number {
    return new Set([...this.byConversation.keys(), ...this.pausedUntil.keys()]).size;
  }

  waitFor(conversationId: string, isUrgent: boolean, nowMs: number): number {
    this.heedClock(nowMs);
    const { bulkPerSecond, mostPerSecond, conversation } = this.limits;
    const own = this.byConversation.get(conversationId) ?? [];
    return Math.max(
      0,
      this.allPausedUntil - nowMs,
      (this.pausedUntil.get(conversationId) ?? 0) - nowMs,
      windowWait(this.calls, isUrgent ? mostPerSecond : bulkPerSecond, 1_000, nowMs),
      isUrgent ? 0 : this.nextBulkAt - nowMs,
      ...conversation.map(({ most, withinMs }) => windowWait(own, most, withinMs, nowMs)),
    );
  }

  note(conversationId: string, nowMs: number): void {
    this.heedClock(nowMs);
    keep(this.calls, nowMs, 1_000);
    const own = this.byConversation.get(conversationId) ?? [];
    keep(own, nowMs, this.longestMs);
    this.byConversation.set(conversationId, own);
    this.nextBulkAt = Math.max(this.nextBulkAt, nowMs - CATCH_UP_MS) + this.spacingMs;
  }

  pause(conversationId: string, untilMs: number, nowMs: number): void {
    this.heedClock(nowMs);
    this.pausedUntil.set(conversationId, untilMs);
    this.allPausedUntil = Math.max(this.allPausedUntil, Math.min(untilMs, nowMs + ALL_PAUSE_MS));
  }

  /** After the clock was set back, everything remembered would lie in the future and be waited for. */
  private heedClock(nowMs: number): void {
    if (nowMs < this.latestMs - SET_BACK_MS) this.forgetAll();
    this.latestMs = Math.max(this.latestMs, nowMs);
    if (nowMs - this.sweptAt >= SWEEP_MS) this.sweep(nowMs);
  }

  private forgetAll(): void {
    this.calls = [];
    this.byConversation.clear();
    this.pausedUntil.clear();
    this.nextBulkAt = 0;
    this.allPausedUntil = 0;
    this.latestMs = 0;
    this.sweptAt = 0;
  }

  private sweep(nowMs: number): void {
    this.sweptAt = nowMs;
    for (const [id, calls] of this.byConversation) {
      if ((calls.at(-1) ?? 0) <= nowMs - this.longestMs) this.byConversation.delete(id);
    }
    for (const [id, untilMs] of this.pausedUntil) if (untilMs <= nowMs) this.pausedUntil.delete(id);
  }
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
