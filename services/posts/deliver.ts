import type { Jobs } from '../jobs/jobs.ts';
import { type Delivered, type DeliverPostDeps, deliverPost } from './deliver-post.ts';
import { Flights } from './flights.ts';
import type { Pacing } from './pacing.ts';
import { nextRetryAt, readStalePosts, type StalePost } from './stale-posts.ts';
import { deleteTwins } from './twins.ts';

export interface DeliverDeps extends DeliverPostDeps {
  readonly jobs: Pick<Jobs, 'enqueue'>;
  readonly pacing: Pacing;
  /** Resolves after so many real milliseconds, or at once when aborted. */
  readonly delay: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Calls under way at once; enough to keep the pace over a slow network. */
  readonly mostInFlight: number;
  /** Purposes that sum up other posts, and so go after them. */
  readonly lastPurposes: readonly string[];
}

/** How long the list of stale posts is used before it is read again: what became urgent meanwhile waits no longer. */
const REREAD_MS = 250;
const MOST_HEADS = 200;
/** A running job is not kept for longer than this; the bell rings again for what is left. */
const LONGEST_RUN_MS = 240_000;
/** When Teams refuses Sedd's credentials, every card would be refused: a minute between the tries. */
const NOT_AUTHORISED_SECONDS = 60;
/** A press is often followed by the next one: they share an update. */
const SETTLE_MS = 250;

/**
 * Brings every stale post up to date, within Teams' limits: round-robin over conversations, one call under way in each.
 * Returns when nothing is left to do now, having asked to be called again for what has to wait. After `signal` nothing
 * new is begun, and what is under way is seen to its end.
 */
export async function deliverStale(deps: DeliverDeps, signal: AbortSignal): Promise<void> {
  await deleteTwins(deps, signal);
  const run = new DeliveryRun(deps, signal);
  const ending = await run.toEnd();
  await ringAgain(deps, ending);
}

class DeliveryRun {
  private readonly deps: DeliverDeps;
  private readonly signal: AbortSignal;
  private readonly flights: Flights;
  private readonly endsAtMs: number;
  private heads: StalePost[] = [];
  private readAtMs = Number.NEGATIVE_INFINITY;
  private isRefused = false;

  constructor(deps: DeliverDeps, signal: AbortSignal) {
    this.deps = deps;
    this.signal = signal;
    this.flights = new Flights();
    this.endsAtMs = this.nowMs() + LONGEST_RUN_MS;
  }

  /** Delivers until nothing is left to do now; says whether Sedd's own credentials were what stopped it. */
  async toEnd(): Promise<'done' | 'notAuthorised'> {
    try {
      while (this.mayGoOn()) {
        await this.reread();
        if (this.heads.length === 0 && this.flights.size === 0) break;
        await this.step();
      }
    } finally {
      await this.flights.allLanded();
    }
    return this.isRefused ? 'notAuthorised' : 'done';
  }

  private mayGoOn(): boolean {
    return !this.signal.aborted && !this.isRefused && this.nowMs() < this.endsAtMs;
  }

  private async reread(): Promise<void> {
    if (this.heads.length > 0 && this.nowMs() - this.readAtMs < REREAD_MS) return;
    const now = this.deps.clock.now();
    this.readAtMs = this.nowMs();
    this.heads = await readStalePosts(this.deps.db, {
      now,
      unknownBefore: now.subtract({ seconds: this.deps.graceSeconds }),
      busy: this.flights.keys(),
      lastPurposes: this.deps.lastPurposes,
      most: MOST_HEADS,
    });
  }

  /** Sends the next post that may go, or waits until one may. */
  private async step(): Promise<void> {
    const isFull = this.flights.size >= this.deps.mostInFlight;
    const next = isFull ? undefined : this.soonest();
    if (next === undefined) return await this.flights.oneLanded();
    if (next.waitMs > 0) return await this.waitFor(next.waitMs);
    this.heads.splice(next.index, 1);
    this.send(next.post);
  }

  private soonest():
    | { readonly post: StalePost; readonly index: number; readonly waitMs: number }
    | undefined {
    let best: { post: StalePost; index: number; waitMs: number } | undefined;
    const nowMs = this.nowMs();
    for (const [index, post] of this.heads.entries()) {
      const waitMs = this.deps.pacing.waitFor(post.conversationId, post.isUrgent, nowMs);
      if (best === undefined || waitMs < best.waitMs) best = { post, index, waitMs };
      if (waitMs === 0) return best;
    }
    return best;
  }

  private async waitFor(ms: number): Promise<void> {
    const landed = this.flights.size === 0 ? [] : [this.flights.oneLanded()];
    await Promise.race([this.deps.delay(Math.min(ms, REREAD_MS), this.signal), ...landed]);
  }

  private send(post: StalePost): void {
    this.deps.pacing.note(post.conversationId, this.nowMs());
    this.flights.start(post.conversationId, async () => this.heed(post, await this.deliver(post)));
  }

  private async deliver(post: StalePost): Promise<Delivered> {
    if (post.isUrgent && post.activityId !== null) await this.deps.delay(SETTLE_MS, this.signal);
    return await deliverPost(this.deps, post);
  }

  private heed(post: StalePost, delivered: Delivered): void {
    if (delivered.kind === 'notAuthorised') this.isRefused = true;
    if (delivered.kind !== 'throttled') return;
    const nowMs = this.nowMs();
    this.deps.pacing.pause(post.conversationId, nowMs + delivered.retryAfterSeconds * 1_000, nowMs);
  }

  private nowMs(): number {
    return this.deps.clock.now().epochMilliseconds;
  }
}

async function ringAgain(deps: DeliverDeps, ending: 'done' | 'notAuthorised'): Promise<void> {
  const at = await nextRetryAt(deps.db, deps.graceSeconds);
  if (at === undefined && ending === 'done') return;
  const untilRetry = ((at?.epochMilliseconds ?? 0) - deps.clock.now().epochMilliseconds) / 1_000;
  const seconds = ending === 'notAuthorised' ? NOT_AUTHORISED_SECONDS : Math.max(Math.ceil(untilRetry), 1);
  await deps.jobs.enqueue(deps.db, 'deliver', {}, { afterSeconds: seconds });
}
