import type { Selectable } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';
import type { PostTable } from '../storage/tables/posts.ts';
import type { ChatMessage } from './chat.ts';

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

/**
 * Builds what a post shows from the facts of this moment; undefined where there is nothing to show and nothing has
 * been shown. Whatever has once been shown is always composed.
 */
export type Composer = (post: PostKey & { readonly isShown: boolean }) => Promise<ChatMessage | undefined>;

/** Called in the transaction that records how a delivery went, so that whoever shows deliveries is never wrong. */
export type DeliveryListener = (db: Db, post: PostRow) => Promise<void>;
