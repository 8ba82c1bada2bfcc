import { type RawBuilder, sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
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
  const chosen = sql`purpose = any(${[...EHT_PURPOSES]}::text[])
    and conversation_id = any(${[...conversationIds]}::text[])`;
  await markAndFree(db, chosen, { isUrgent: true });
}

/** Composes a school's lists of some days anew, whoever works with them: the meetings are not what they were. */
export async function markEhtLists(
  db: Db,
  schoolId: string,
  { first, last }: { readonly first: Temporal.PlainDate; readonly last: Temporal.PlainDate },
  options: { readonly isUrgent: boolean },
): Promise<void> {
  const chosen = sql`purpose = ${EHT_LIST} and school_id = ${schoolId} and day between ${first} and ${last}`;
  await markAndFree(db, chosen, options);
}

/** They are locked in the order of their ids, as everybody locks them. */
async function markAndFree(
  db: Db,
  chosen: RawBuilder<unknown>,
  { isUrgent }: { readonly isUrgent: boolean },
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update post set ${wantAnew}, is_urgent = post.is_urgent or ${isUrgent}
    from (select id from post where ${chosen} order by id for update) as shown
    where post.id = shown.id
    returning post.id`.execute(db);
  await endHolds(
    db,
    rows.map(({ id }) => id),
  );
}
