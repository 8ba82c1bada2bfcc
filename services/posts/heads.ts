import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';
import { type Moment, thisMoment } from './moments.ts';
import { readStalePosts, type StalePost } from './stale-posts.ts';

export interface HeadsDeps {
  readonly db: Db;
  readonly graceSeconds: number;
  readonly lastPurposes: readonly string[];
}

/** A stale post, and since when this process knows what it is wanted for. */
export type WaitingPost = StalePost & { readonly seenAt: Moment };

/** How long the list is used before it is looked up whether something has become urgent meanwhile. */
export const LOOK_MS = 250;
/** How long it is used before it is read anew: a conversation with more to tell waits no longer for its turn. */
const REREAD_MS = 1_000;
const MOST_HEADS = 200;

/** The stale posts that may go now, the next one of each conversation, in their order. */
export class Heads implements Iterable<WaitingPost> {
  private readonly deps: HeadsDeps;
  private list: readonly WaitingPost[] = [];
  private seen = new Map<string, Pick<WaitingPost, 'wantedVersion' | 'seenAt'>>();
  private readAtMs = Number.NEGATIVE_INFINITY;
  private lookedAtMs = Number.NEGATIVE_INFINITY;

  constructor(deps: HeadsDeps) {
    this.deps = deps;
  }

  get size(): number {
    return this.list.length;
  }

  [Symbol.iterator](): Iterator<WaitingPost> {
    return this.list[Symbol.iterator]();
  }

  take(post: WaitingPost): void {
    this.list = this.list.filter((other) => other !== post);
  }

  /**
   * Lets go of what sums up the school's posts after one of them has landed, which made it stale anew: as it was read it
   * would be made in vain. Where somebody waits it is kept, since they are shown what there is.
   */
  outdateSummaries(landed: WaitingPost): void {
    const { lastPurposes } = this.deps;
    if (lastPurposes.includes(landed.purpose)) return;
    this.list = this.list.filter(
      ({ purpose, schoolId, isUrgent }) =>
        isUrgent || schoolId !== landed.schoolId || !lastPurposes.includes(purpose),
    );
  }

  /** How many more of the same purpose, school and day wait with a post, where nobody waits for any of them. */
  alikeTo({ purpose, schoolId, day, isUrgent }: WaitingPost): number {
    const isAlike = (other: WaitingPost) =>
      other.purpose === purpose && other.schoolId === schoolId && other.day.equals(day) && !other.isUrgent;
    return isUrgent ? 0 : this.list.filter(isAlike).length;
  }

  /** Reads what is old; `busy` are the conversations where something is under way. */
  async refresh(now: Temporal.Instant, busy: readonly string[]): Promise<void> {
    const nowMs = now.epochMilliseconds;
    if (this.list.length === 0 || nowMs - this.readAtMs >= REREAD_MS) {
      this.readAtMs = nowMs;
      this.lookedAtMs = nowMs;
      this.list = await this.read(now, busy, false);
      this.seen = new Map(this.list.map((post) => [post.id, post]));
    } else if (nowMs - this.lookedAtMs >= LOOK_MS) {
      this.lookedAtMs = nowMs;
      const urgent = await this.read(now, busy, true);
      const before = new Set(urgent.map(({ conversationId }) => conversationId));
      this.list = [...urgent, ...this.list.filter(({ conversationId }) => !before.has(conversationId))];
    }
  }

  private async read(
    now: Temporal.Instant,
    busy: readonly string[],
    isUrgentOnly: boolean,
  ): Promise<readonly WaitingPost[]> {
    const posts = await readStalePosts(this.deps.db, {
      now,
      unknownBefore: now.subtract({ seconds: this.deps.graceSeconds }),
      busy,
      lastPurposes: this.deps.lastPurposes,
      isUrgentOnly,
      most: MOST_HEADS,
    });
    const seenAt = thisMoment();
    return posts.map((post) => {
      const before = this.seen.get(post.id);
      // What has not changed since it was seen was seen then.
      return { ...post, seenAt: before?.wantedVersion === post.wantedVersion ? before.seenAt : seenAt };
    });
  }
}
