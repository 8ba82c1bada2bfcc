import { sql } from 'kysely';
import { markStale, type Showing } from '../posts/post-store.ts';
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
