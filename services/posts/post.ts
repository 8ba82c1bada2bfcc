import type { Selectable } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';
import type { PostTable } from '../storage/tables/posts.ts';
import type { ChatMessage } from './chat.ts';
import type { Moment } from './moments.ts';

/** What a post is: the view of `subject` for `purpose`, shown in one conversation. */
export interface PostKey {
  readonly purpose: string;
  readonly subject: string;
  readonly conversationId: string;
  /** The message that it is a reply to; a thread of its own where left out. */
  readonly threadId?: string | null | undefined;
  readonly schoolId: string;
  readonly day: Temporal.PlainDate;
}

export type PostRow = Readonly<Selectable<PostTable>>;

/** A post that is to be shown. */
export interface WantedPost extends PostKey {
  /** Somebody may have seen it. */
  readonly isShown: boolean;
  /** What it is wanted for had happened by then: facts that were read later show it. */
  readonly seenAt: Moment;
  /** How many more of the same purpose, school and day wait with it, where nobody waits for any of them. */
  readonly alike: number;
}

/**
 * Builds what a post shows from the facts of a moment after it was seen; undefined where there is nothing to show and nothing
 * has been shown. Whatever has once been shown is always composed.
 */
export type Composer = (post: WantedPost) => Promise<ChatMessage | undefined>;

/** Called in the transaction that records how a delivery went, so that whoever shows deliveries is never wrong. */
export type DeliveryListener = (db: Db, post: PostRow) => Promise<void>;
