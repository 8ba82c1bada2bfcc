import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';
import type { PostKey } from './post.ts';

type Key = Pick<PostKey, 'purpose' | 'subject' | 'conversationId'>;

/**
 * Keeps a card as it stands until then, whatever changes: somebody works in what it opened for them, and an update would take
 * that away. A card that has not been posted yet is not kept, nor one that could not be updated: it waits as long as Teams asked.
 */
export async function holdPost(db: Db, key: Key, until: Temporal.Instant): Promise<void> {
  await ownPost(db, key).set({ notBefore: until }).where('state', '=', 'posted').execute();
}

/** Lets a card follow what changes again; true where it has something to follow. */
export async function letGoOfPost(db: Db, key: Key): Promise<boolean> {
  const { numUpdatedRows } = await ownPost(db, key)
    .set({ notBefore: null })
    .where('state', '=', 'posted')
    .where('notBefore', 'is not', null)
    .where(sql<boolean>`post.shown_version < post.wanted_version`)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

function ownPost(db: Db, { purpose, subject, conversationId }: Key) {
  return db
    .updateTable('post')
    .where('purpose', '=', purpose)
    .where('subject', '=', subject)
    .where('conversationId', '=', conversationId)
    .where('errorCode', 'is', null);
}
