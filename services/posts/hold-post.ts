import { type RawBuilder, sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';
import type { PostKey } from './post.ts';

type Key = Pick<PostKey, 'purpose' | 'subject' | 'conversationId'>;

/**
 * Keeps a card as it stands until then, whatever changes: somebody works in what it opened for them, and an update would take
 * that away. A card that has not been posted yet is not kept.
 */
export async function holdPost(
  db: Db,
  { purpose, subject, conversationId }: Key,
  actorId: string,
  until: Temporal.Instant,
): Promise<void> {
  await sql`
    insert into post_hold (post_id, actor_id, until)
    select id, ${actorId}, ${until}::timestamptz from post
    where purpose = ${purpose} and subject = ${subject} and conversation_id = ${conversationId}
      and activity_id is not null
    on conflict (post_id, actor_id) do update set until = excluded.until`.execute(db);
}

/** Takes back one's own hold, and nobody else's; true where there was one, and something for the card to follow. */
export async function letGoOfPost(
  db: Db,
  { purpose, subject, conversationId }: Key,
  actorId: string,
): Promise<boolean> {
  const own = await db
    .deleteFrom('postHold')
    .using('post')
    .whereRef('postHold.postId', '=', 'post.id')
    .where('post.purpose', '=', purpose)
    .where('post.subject', '=', subject)
    .where('post.conversationId', '=', conversationId)
    .where('postHold.actorId', '=', actorId)
    // Whether others hold it still is for the deliverer to see: two who let go at once would each see the other's.
    .returning(sql<boolean>`post.shown_version < post.wanted_version`.as('isStale'))
    .executeTakeFirst();
  return own?.isStale ?? false;
}

/** Has cards follow at once, whoever works in them. */
export async function endHolds(db: Db, postIds: readonly string[]): Promise<void> {
  if (postIds.length === 0) return;
  await db.deleteFrom('postHold').where('postId', 'in', postIds).execute();
}

/** Has every card follow at once, whoever works in it: one of them says what nobody may read any more. */
export async function endEveryHold(db: Db): Promise<void> {
  await db.deleteFrom('postHold').execute();
}

/** Takes away the holds of those who did not come back. */
export async function forgetEndedHolds(db: Db, now: Temporal.Instant): Promise<void> {
  // Whoever has one of them now is not waited for: they may be about to hold it again.
  await sql`
    delete from post_hold where (post_id, actor_id) in (
      select post_id, actor_id from post_hold where until <= ${now} for update skip locked)`.execute(db);
}

/** Of the query's `post`: whether somebody works in what it opened for them. Its first posting waits for nobody. */
export function isHeld(now: Temporal.Instant): RawBuilder<boolean> {
  return sql<boolean>`(post.activity_id is not null and exists (
    select from post_hold where post_hold.post_id = post.id and post_hold.until > ${now}))`;
}

/** Of the query's `post`: when the last of those who work in it is waited for no longer; null where nobody does. */
export const heldUntil = sql<Temporal.Instant | null>`case when post.activity_id is not null
  then (select max(until) from post_hold where post_hold.post_id = post.id) end`;
