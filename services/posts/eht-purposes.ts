import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';
import { endHolds } from './hold-post.ts';
import { markChosen } from './post-store.ts';

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
  await endHolds(db, await markChosen(db, chosen, { isUrgent: true }));
}

/** Composes a school's lists of some days anew, whoever works with them: the meetings are not what they were. */
export async function markEhtLists(
  db: Db,
  schoolId: string,
  { first, last }: { readonly first: Temporal.PlainDate; readonly last: Temporal.PlainDate },
  options: { readonly isUrgent: boolean },
): Promise<void> {
  const chosen = sql`purpose = ${EHT_LIST} and school_id = ${schoolId} and day between ${first} and ${last}`;
  await endHolds(db, await markChosen(db, chosen, options));
}
