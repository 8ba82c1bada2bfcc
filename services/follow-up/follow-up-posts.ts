import { sql } from 'kysely';
import { markStale, type Naming, type Showing } from '../posts/post-store.ts';
import type { Db } from '../storage/database.ts';
import type { FollowUpRow } from './follow-up.ts';

/** A message that reminds somebody; `subject` is the id of its batch. */
export const REMINDER = 'reminder';
/** Something a person is told once; `subject` is the notice's id. */
export const NOTICE = 'notice';
/** A contact person's own pupils of a day; `subject` is staff id and day. */
export const OWN_LIST = 'ownList';

export function ownListSubject(staffId: string, day: FollowUpRow['day']): string {
  return `${staffId}/${day}`;
}

/** Reminders that name a follow-up, and the own lists of its day. */
export function followUpShowing({ id }: Pick<FollowUpRow, 'id'>): readonly Showing[] {
  const subjects = sql`select batch_id from reminder where follow_up_id = ${id}`;
  return [
    { purpose: REMINDER, subjects, isUrgent: true },
    { purpose: OWN_LIST, isUrgent: true },
  ];
}

/**
 * Reminders, notices and own lists that may name one of the pupils. Whose contact person somebody was counts too: their list
 * of that day stands as it did.
 */
export function followUpNaming(pupilIds: readonly string[]): readonly Naming[] {
  const ids = sql`any(${[...pupilIds]}::text[])`;
  return [
    {
      purpose: REMINDER,
      posts: sql`subject in (
        select batch_id from reminder join follow_up on follow_up.id = reminder.follow_up_id
        where follow_up.pupil_id = ${ids})`,
    },
    { purpose: NOTICE, posts: sql`subject in (select id from notice where details ->> 'pupil' = ${ids})` },
    {
      purpose: OWN_LIST,
      posts: sql`left(subject, -length('/2026-11-23')) in (
        select staff_id from contact_person where pupil_id = ${ids}
        union select responsible_staff_id from follow_up where pupil_id = ${ids})`,
    },
  ];
}

/** Of a whole school's day, after its facts have been read anew. */
export async function markSchoolFollowUpPostsStale(
  db: Db,
  { schoolId, day }: Pick<FollowUpRow, 'schoolId' | 'day'>,
): Promise<void> {
  const posts = await db
    .selectFrom('post')
    .select(['purpose', 'subject'])
    .where('schoolId', '=', schoolId)
    .where('day', '=', day)
    .where('purpose', 'in', [REMINDER, OWN_LIST])
    .execute();
  for (const purpose of [REMINDER, OWN_LIST]) {
    const subjects = posts.filter((post) => post.purpose === purpose).map((post) => post.subject);
    await markStale(db, { purpose, subjects }, { isUrgent: false });
  }
}
