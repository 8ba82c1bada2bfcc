import { sql } from 'kysely';
import type { Db } from '../storage/database.ts';
import { endHolds } from './hold-post.ts';
import { wantAnew } from './revival.ts';

/** What EHT is shown, in its own conversation and nowhere else. */
export const EHT_LIST = 'ehtList';
export const EHT_SUMMARY = 'ehtSummary';
export const EHT_REMINDER = 'ehtReminder';

export const EHT_PURPOSES: readonly string[] = [EHT_LIST, EHT_SUMMARY, EHT_REMINDER];

/**
 * Composes everything of EHT's in these conversations anew, whoever works with it: what they are for has changed, and with it
 * what they may show.
 */
export async function markEhtPostsIn(db: Db, conversationIds: readonly string[]): Promise<void> {
  if (conversationIds.length === 0) return;
  const { rows } = await sql<{ id: string }>`
    update post set ${wantAnew}, is_urgent = true
    from (
      select id from post
      where purpose = any(${[...EHT_PURPOSES]}::text[]) and conversation_id = any(${[...conversationIds]}::text[])
      order by id for update) as shown
    where post.id = shown.id
    returning post.id`.execute(db);
  await endHolds(
    db,
    rows.map(({ id }) => id),
  );
}
