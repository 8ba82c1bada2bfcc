import { markStale } from '../posts/post-store.ts';
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

/** Every reminder and own list that shows a follow-up is brought up to date. */
export async function markFollowUpPostsStale(
  db: Db,
  followUp: Pick<FollowUpRow, 'id' | 'pupilId' | 'day' | 'schoolId'>,
  options: { readonly isUrgent: boolean },
): Promise<void> {
  const batches = await db
    .selectFrom('reminder')
    .select('batchId')
    .distinct()
    .where('followUpId', '=', followUp.id)
    .execute();
  const subjects = batches.map((row) => row.batchId);
  await markStale(db, { purpose: REMINDER, subjects }, options);
  await markOwnListsStale(db, followUp, options);
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

async function markOwnListsStale(
  db: Db,
  { schoolId, day }: Pick<FollowUpRow, 'schoolId' | 'day'>,
  options: { readonly isUrgent: boolean },
): Promise<void> {
  const lists = await db
    .selectFrom('post')
    .select('subject')
    .where('purpose', '=', OWN_LIST)
    .where('schoolId', '=', schoolId)
    .where('day', '=', day)
    .execute();
  await markStale(db, { purpose: OWN_LIST, subjects: lists.map((post) => post.subject) }, options);
}
