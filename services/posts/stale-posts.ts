import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';
import type { ChatAddress } from './chat.ts';
import { heldUntil, isHeld } from './hold-post.ts';
import type { PostRow } from './post.ts';

/** A post to deliver, with the address it goes to. */
export type StalePost = PostRow & { readonly address: ChatAddress };

export interface StaleQuery {
  readonly now: Temporal.Instant;
  /** A first posting whose outcome is unknown is left alone until it began before this. */
  readonly unknownBefore: Temporal.Instant;
  /** Conversations where something is under way. */
  readonly busy: readonly string[];
  /** Purposes that sum up other posts, and so go after them. */
  readonly lastPurposes: readonly string[];
  /** Only those that a person waits for. */
  readonly isUrgentOnly?: boolean;
  readonly most: number;
}

/**
 * The next stale post of each open conversation, at most one per conversation: those that a person waits for first, then school
 * by school in the order they came, and what sums up a school's others after them. What somebody works in is left to them.
 */
export async function readStalePosts(db: Db, query: StaleQuery): Promise<StalePost[]> {
  const isLast = sql<boolean>`post.purpose = any(${[...query.lastPurposes]}::text[])`;
  const heads = db
    .selectFrom('post')
    .innerJoin('conversation', 'conversation.id', 'post.conversationId')
    .distinctOn('post.conversationId')
    .selectAll('post')
    .select(['conversation.kind', 'conversation.tenantId', 'conversation.serviceUrl', isLast.as('isLast')])
    .whereRef('post.shownVersion', '<', 'post.wantedVersion')
    .where('conversation.state', '=', 'open')
    .where('post.state', '!=', 'undelivered')
    .where((eb) => eb.or([eb('post.notBefore', 'is', null), eb('post.notBefore', '<=', query.now)]))
    .where((eb) => eb.not(isHeld(query.now)))
    .where((eb) =>
      eb.or([eb('post.state', '!=', 'posting'), eb('post.postingSince', '<=', query.unknownBefore)]),
    )
    .where(sql<boolean>`not (post.conversation_id = any(${[...query.busy]}::text[]))`)
    .$if(query.isUrgentOnly === true, (posts) => posts.where(sql<boolean>`post.is_urgent`))
    .orderBy('post.conversationId')
    .orderBy('post.isUrgent', 'desc')
    .orderBy(isLast)
    .orderBy('post.createdAt')
    .orderBy('post.id');
  const rows = await db
    .selectFrom(heads.as('head'))
    .selectAll()
    .orderBy('head.isUrgent', 'desc')
    .orderBy(sql`min(head.created_at) over (partition by head.school_id, head.is_urgent)`)
    .orderBy('head.schoolId')
    .orderBy('head.isLast')
    .orderBy('head.createdAt')
    .orderBy('head.id')
    .limit(query.most)
    .execute();
  return rows.map(({ kind, tenantId, serviceUrl, isLast: _, ...post }) => ({
    ...post,
    address: { id: post.conversationId, kind, tenantId, serviceUrl, threadId: post.threadId ?? undefined },
  }));
}

/** When the next stale post may be tried: at once, or when what it waits for is over. Undefined where nothing is stale. */
export async function nextTryAt(
  db: Db,
  now: Temporal.Instant,
  graceSeconds: number,
): Promise<Temporal.Instant | undefined> {
  const row = await db
    .selectFrom('post')
    .innerJoin('conversation', 'conversation.id', 'post.conversationId')
    .select((eb) =>
      eb.fn
        .min(
          sql<Temporal.Instant | null>`greatest(${now}::timestamptz, post.not_before, ${heldUntil},
            case when post.state = 'posting' then post.posting_since + make_interval(secs => ${graceSeconds}) end)`,
        )
        .as('at'),
    )
    .whereRef('post.shownVersion', '<', 'post.wantedVersion')
    .where('conversation.state', '=', 'open')
    .where('post.state', '!=', 'undelivered')
    .executeTakeFirst();
  return row?.at ?? undefined;
}
