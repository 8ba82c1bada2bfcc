import type { Db } from '../storage/database.ts';
import type { MeetingRow } from './read-members.ts';

/** When the meetings of a school are whose list has been posted and that nobody has closed, oldest first; nothing of what is said there. */
export async function readOpenMeetings(
  db: Db,
  schoolId: string,
): Promise<readonly Pick<MeetingRow, 'day' | 'endsAt'>[]> {
  return await db
    .selectFrom('ehtMeeting')
    .select(['day', 'endsAt'])
    .where('schoolId', '=', schoolId)
    .where('closedAt', 'is', null)
    .orderBy('day')
    .execute();
}
