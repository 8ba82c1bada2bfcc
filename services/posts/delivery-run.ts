import { type Delivered, type DeliverPostDeps, deliverPost } from './deliver-post.ts';
import { Flights } from './flights.ts';
import { Heads, LOOK_MS, type WaitingPost } from './heads.ts';
import { thisMoment } from './moments.ts';
import type { TakeTurn, TurnDeps } from './turns.ts';

export interface DeliveryRunDeps extends DeliverPostDeps, TurnDeps {
  /** Calls under way at once; enough to keep the pace over a slow network. */
  readonly mostInFlight: number;
  /** Purposes that sum up other posts of their school, and so go after them. */
  readonly lastPurposes: readonly string[];
  /** For so long after it was shown, what sums up others is left as it is: every press would make it anew. */
  readonly restSeconds: number;
}

/** A running job is not kept for longer than this; the bell rings again for what is left. */
const LONGEST_RUN_MS = 240_000;
/**
 * So many cards are made before their turn, where it comes within so long: a school's first card waits for the school's facts
 * to be read, and its others with it; without those of the school before them, turns would pass in which nothing goes.
 */
const MOST_AHEAD = 16;
const AHEAD_MS = 100;
/** A press is often followed by the next one: they share an update. */
const SETTLE_MS = 250;

/** Delivers until nothing is left to do now; says whether Sedd's own credentials were what stopped it. */
export async function runDelivery(
  deps: DeliveryRunDeps,
  takeTurn: TakeTurn,
  signal: AbortSignal,
): Promise<'done' | 'notAuthorised'> {
  return await new DeliveryRun(deps, takeTurn, signal).toEnd();
}

class DeliveryRun {
  private readonly deps: DeliveryRunDeps;
  private readonly takeTurn: TakeTurn;
  private readonly signal: AbortSignal;
  private readonly flights = new Flights();
  private readonly bulk = new Set<WaitingPost>();
  /** Those of which nobody knows yet whether a call is to be made. */
  private readonly beforeTurn = new Set<WaitingPost>();
  /** Conversations where something of ours failed: a post that cannot be recorded would be sent again and again. */
  private readonly givenUp = new Set<string>();
  private readonly heads: Heads;
  private readonly endsAtMs: number;
  private isRefused = false;

  constructor(deps: DeliveryRunDeps, takeTurn: TakeTurn, signal: AbortSignal) {
    this.deps = deps;
    this.takeTurn = takeTurn;
    this.signal = signal;
    this.heads = new Heads(deps);
    this.endsAtMs = this.nowMs() + LONGEST_RUN_MS;
  }

  async toEnd(): Promise<'done' | 'notAuthorised'> {
    try {
      while (this.mayGoOn()) {
        // What lands while the list is read may have made something stale that is not in it.
        const wasIdle = this.flights.size === 0;
        await this.heads.refresh(this.deps.clock.now(), [...this.flights.keys(), ...this.givenUp]);
        if (this.heads.size > 0 || this.flights.size > 0) await this.step();
        else if (wasIdle) break;
      }
    } finally {
      await this.flights.allLanded();
    }
    return this.isRefused ? 'notAuthorised' : 'done';
  }

  private mayGoOn(): boolean {
    return !this.signal.aborted && !this.isRefused && this.nowMs() < this.endsAtMs;
  }

  /** Starts with the next post that may go, or waits until one may. */
  private async step(): Promise<void> {
    if (this.flights.size >= this.deps.mostInFlight) return await this.flights.oneLanded();
    const next = this.soonest();
    if (next === undefined || !this.mayStart(next.waitMs)) return await this.waitFor(next?.waitMs ?? LOOK_MS);
    this.heads.take(next.post);
    this.start(next.post);
  }

  private mayStart(waitMs: number): boolean {
    return waitMs <= 0 || (waitMs <= AHEAD_MS && this.beforeTurn.size < MOST_AHEAD);
  }

  private soonest(): { readonly post: WaitingPost; readonly waitMs: number } | undefined {
    let best: { post: WaitingPost; waitMs: number } | undefined;
    const nowMs = this.nowMs();
    for (const post of this.heads) {
      if (this.isHeldBack(post)) continue;
      const waitMs = this.deps.pacing.waitFor(post.conversationId, post.isUrgent, nowMs);
      if (best === undefined || waitMs < best.waitMs) best = { post, waitMs };
      if (waitMs === 0) return best;
    }
    return best;
  }

  /** What sums up its school's posts would only have to be sent again after them, and soon after it was shown. */
  private isHeldBack({ purpose, schoolId, isUrgent, updatedAt }: WaitingPost): boolean {
    if (!this.deps.lastPurposes.includes(purpose)) return false;
    if (!isUrgent && this.isResting(updatedAt)) return true;
    const isBefore = (other: WaitingPost) =>
      other.schoolId === schoolId && !other.isUrgent && !this.deps.lastPurposes.includes(other.purpose);
    return [...this.heads].some(isBefore) || [...this.bulk].some(isBefore);
  }

  private isResting(shownAt: WaitingPost['updatedAt']): boolean {
    const restedMs = shownAt === null ? Number.POSITIVE_INFINITY : this.nowMs() - shownAt.epochMilliseconds;
    // A clock that was set back says nothing of how long ago it was.
    return restedMs >= 0 && restedMs < this.deps.restSeconds * 1_000;
  }

  /** Not for longer than until the list is read again: something may have become urgent. */
  private async waitFor(ms: number): Promise<void> {
    const landed = this.flights.size === 0 ? [] : [this.flights.oneLanded()];
    await Promise.race([this.deps.delay(Math.min(ms, LOOK_MS), this.signal), ...landed]);
  }

  private start(post: WaitingPost): void {
    if (!post.isUrgent) this.bulk.add(post);
    this.beforeTurn.add(post);
    this.flights.start(post.conversationId, async () => {
      try {
        this.heed(post, await this.deliver(post));
      } catch (error) {
        // Kept by the flights until the end: the job fails, and is tried again.
        this.givenUp.add(post.conversationId);
        throw error;
      } finally {
        this.bulk.delete(post);
        this.beforeTurn.delete(post);
        this.heads.outdateSummaries(post);
      }
    });
  }

  private async deliver(post: WaitingPost): Promise<Delivered> {
    if (post.isUrgent && post.activityId !== null) await this.deps.delay(SETTLE_MS, this.signal);
    // Where somebody waits, what has happened meanwhile is shown too.
    const seenAt = post.isUrgent ? thisMoment() : post.seenAt;
    const takeTurn: TakeTurn = (...call) =>
      this.takeTurn(...call).finally(() => this.beforeTurn.delete(post));
    return await deliverPost(this.deps, { ...post, seenAt, alike: this.heads.alikeTo(post) }, takeTurn);
  }

  private heed(post: WaitingPost, delivered: Delivered): void {
    if (delivered.kind === 'notAuthorised') this.isRefused = true;
    if (delivered.kind !== 'throttled') return;
    const nowMs = this.nowMs();
    this.deps.pacing.pause(post.conversationId, nowMs + delivered.seconds * 1_000, nowMs);
  }

  private nowMs(): number {
    return this.deps.clock.now().epochMilliseconds;
  }
}
