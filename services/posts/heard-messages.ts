import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';

/** Teams tries again for some seconds; this is far more, and keeps the table small. */
const KEPT_HOURS = 1;

/** Whether a message of a conversation is heard for the first time: of several that ask at once, one is told so. */
export async function isNewMessage(
  db: Db,
  { conversationId, activityId }: { readonly conversationId: string; readonly activityId: string },
  now: Temporal.Instant,
): Promise<boolean> {
  await db
    .deleteFrom('heardMessage')
    .where('at', '<', now.subtract({ hours: KEPT_HOURS }))
    .execute();
  const { rows } = await sql`
    insert into heard_message (conversation_id, activity_id, at) values (${conversationId}, ${activityId}, ${now})
    on conflict do nothing returning activity_id`.execute(db);
  return rows.length > 0;
}
