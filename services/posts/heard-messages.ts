import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';

/** A message by the id that Teams gives it, of whatever conversation. */
export interface MessageKey {
  readonly conversationId: string;
  readonly activityId: string;
}

/**
 * How a message is heard that Teams may send more than once. `known`: it is answered, or somebody is at it. `left`: whoever
 * was at it is gone, and what came of it is not known.
 */
export type Hearing = 'new' | 'known' | 'left';

/** Teams tries again for some seconds; this is far more, and keeps the table small. */
const KEPT_HOURS = 1;
/** An answer takes less, where another replica is at it. */
const LONGEST_ANSWER_SECONDS = 3;
const thisProcess: string = randomUUID();

/** Hears a message: of several that ask at once, one is told that it is new. `hearer` is who is at it from then on. */
export async function hearMessage(
  db: Db,
  { conversationId, activityId }: MessageKey,
  now: Temporal.Instant,
  hearer = thisProcess,
): Promise<Hearing> {
  await db
    .deleteFrom('heardMessage')
    .where('at', '<', now.subtract({ hours: KEPT_HOURS }))
    .execute();
  const { rows } = await sql`
    insert into heard_message (conversation_id, activity_id, at, hearer)
    values (${conversationId}, ${activityId}, ${now}, ${hearer})
    on conflict do nothing returning activity_id`.execute(db);
  if (rows.length > 0) return 'new';
  const left = await db
    .updateTable('heardMessage')
    // The time is the hearer's own, so that of several one takes it over.
    .set({ hearer, at: now })
    .where('conversationId', '=', conversationId)
    .where('activityId', '=', activityId)
    .where('answeredAt', 'is', null)
    .where('hearer', '<>', hearer)
    .where('at', '<=', now.subtract({ seconds: LONGEST_ANSWER_SECONDS }))
    .returning('activityId')
    .executeTakeFirst();
  return left === undefined ? 'known' : 'left';
}

/** Puts down that a message has its answer. */
export async function answerHeard(
  db: Db,
  { conversationId, activityId }: MessageKey,
  now: Temporal.Instant,
): Promise<void> {
  await db
    .updateTable('heardMessage')
    .set({ answeredAt: now })
    .where('conversationId', '=', conversationId)
    .where('activityId', '=', activityId)
    .execute();
}
