import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { PeopleNews } from '../people/protect-pupils.ts';
import { markStale } from '../posts/post-store.ts';
import type { Db } from '../storage/database.ts';
import { MORNING, SCHOOL_MORNING } from './morning-posts.ts';

/**
 * Brings the cards up to date that show what has changed of pupils and groups: today's, and of a pupil who is protected from
 * now on every card that may still show the name. To be called in the reading's transaction; false where there is none.
 */
export async function followPeople(db: Db, news: PeopleNews, today: Temporal.PlainDate): Promise<boolean> {
  const named = await cardsThatMayName(db, news.protectedIds);
  const todays = await cardsOf(db, MORNING, today);
  const schools = await cardsOf(db, SCHOOL_MORNING, today);
  const subjects = [...new Set([...named, ...todays])];
  await markStale(db, { purpose: MORNING, subjects }, { isUrgent: named.length > 0 });
  await markStale(db, { purpose: SCHOOL_MORNING, subjects: schools }, { isUrgent: false });
  return subjects.length + schools.length > 0;
}

async function cardsOf(db: Db, purpose: string, day: Temporal.PlainDate): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('post')
    .select('subject')
    .distinct()
    .where('purpose', '=', purpose)
    .where('day', '=', day)
    .execute();
  return rows.map((row) => row.subject);
}

/** The cards, of any day, of the groups that the pupils belong to or were followed up in. */
async function cardsThatMayName(db: Db, pupilIds: readonly string[]): Promise<readonly string[]> {
  if (pupilIds.length === 0) return [];
  const { rows } = await sql<{ subject: string }>`
    select distinct post.subject from post
    where post.purpose = ${MORNING} and left(post.subject, -length('/2026-11-23')) in (
      select group_id from group_member where pupil_id = any(${[...pupilIds]}::text[])
      union select group_id from follow_up where pupil_id = any(${[...pupilIds]}::text[]))`.execute(db);
  return rows.map((row) => row.subject);
}
