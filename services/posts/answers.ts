import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';
import { STANDING_DAYS } from './post-store.ts';

/** A message that answered somebody; `threadId` is the root of the channel's thread that it stands in. */
export interface SentAnswer {
  readonly conversationId: string;
  readonly activityId: string;
  readonly threadId: string | undefined;
  /** Everything in it that is read. */
  readonly text: string;
}

/**
 * Remembers which pupils an answer names, and nothing else of it, so that it can be taken back when one of them is
 * protected. An answer that names nobody is not remembered.
 */
export async function rememberAnswer(db: Db, answer: SentAnswer, at: Temporal.Instant): Promise<void> {
  const { conversationId, activityId, threadId = null } = answer;
  await db
    .deleteFrom('answer')
    .where('at', '<', at.subtract({ hours: 24 * STANDING_DAYS }))
    .execute();
  // Escapes of Markdown are no part of a name.
  const text = answer.text.replaceAll('\\', '');
  await sql`
    insert into answer (conversation_id, activity_id, thread_id, pupil_id, at)
    select ${conversationId}, ${activityId}, ${threadId}, pupil.id, ${at} from pupil
    join unnest(${wordsOf(text)}::text[]) as word on word = split_part(pupil.given_name, ' ', 1)
    where not pupil.is_protected and position(concat_ws(' ', pupil.given_name, pupil.family_name) in ${text}) > 0
    on conflict do nothing`.execute(db);
}

/** What stands between spaces, with and without what surrounds it: the first word of each name is among them. */
function wordsOf(text: string): readonly string[] {
  const words = text.split(/\s+/u);
  const bare = words.map((word) => word.replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''));
  return [...new Set([...words, ...bare])].filter((word) => word !== '');
}

/** Has the answers deleted that name any of the pupils, of whom there is at least one. False where there is none. */
export async function recallAnswers(
  db: Db,
  pupilIds: readonly string[],
  at: Temporal.Instant,
): Promise<boolean> {
  const recalled = await db
    .updateTable('answer')
    .set({ recalledAt: at })
    .where('pupilId', 'in', [...pupilIds])
    .where('recalledAt', 'is', null)
    .returning('activityId')
    .execute();
  return recalled.length > 0;
}
