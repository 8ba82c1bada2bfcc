import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';
import type { PostKey, PostRow } from './post.ts';

/** Fewer rows than this go into one statement, so that the embedded database never blocks for long. */
const BATCH = 500;

/** Makes sure that each post exists, and is brought up to date. One row, one message, however often it is wanted. */
export async function wantPosts(db: Db, keys: readonly PostKey[], at: Temporal.Instant): Promise<void> {
  for (let start = 0; start < keys.length; start += BATCH) {
    const rows = keys.slice(start, start + BATCH).map((key) => ({
      ...key,
      wantedVersion: 1,
      shownVersion: 0,
      state: 'waiting' as const,
      createdAt: at,
    }));
    await db
      .insertInto('post')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['purpose', 'subject', 'conversationId']).doUpdateSet((eb) => ({
          wantedVersion: eb('post.wantedVersion', '+', 1),
          state: revived(),
          attempts: revivedAttempts(),
        })),
      )
      .execute();
  }
}

/**
 * Marks every copy of a view as stale: something that it shows has changed. `isUrgent` where a person waits for it.
 */
export async function markStale(
  db: Db,
  view: { readonly purpose: string; readonly subjects: readonly string[] },
  options: { readonly isUrgent: boolean },
): Promise<void> {
  if (view.subjects.length === 0) return;
  await db
    .updateTable('post')
    .set((eb) => ({
      wantedVersion: eb('wantedVersion', '+', 1),
      isUrgent: options.isUrgent ? true : eb.ref('isUrgent'),
      state: revived(),
      attempts: revivedAttempts(),
    }))
    .where('purpose', '=', view.purpose)
    .where('subject', 'in', view.subjects)
    .execute();
}

/** A post that was given up is tried again when there is something new to show. */
function revived() {
  return sql<PostRow['state']>`case when post.state = 'undelivered'
    then case when post.activity_id is null then 'waiting' else 'posted' end else post.state end`;
}

function revivedAttempts() {
  return sql<number>`case when post.state = 'undelivered' then 0 else post.attempts end`;
}

/** The post of a view in a conversation. */
export async function findPost(
  db: Db,
  key: Pick<PostKey, 'purpose' | 'subject' | 'conversationId'>,
): Promise<PostRow | undefined> {
  return await db
    .selectFrom('post')
    .selectAll()
    .where('purpose', '=', key.purpose)
    .where('subject', '=', key.subject)
    .where('conversationId', '=', key.conversationId)
    .executeTakeFirst();
}
