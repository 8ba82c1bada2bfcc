import { runJob } from '../../../bot/runs.ts';
import { readHeldReadingView } from '../../../services/morning/held-reading-view.ts';
import { MONDAY } from '../../support/small-school.ts';
import type { MorningSchool } from './morning-school.ts';

/** Reads the day once more, as the schedule does at this time. */
export async function reread(school: MorningSchool, slot: string): Promise<void> {
  await runJob(school.runs, { job: `reread/${slot}`, schoolId: 'norr', day: MONDAY.toString() });
}

/** What the coordinator is asked of the first reading that was held; undefined where none was. */
export async function questionOf({ storage: { db }, config }: MorningSchool) {
  const row = await db.selectFrom('heldReading').select('id').executeTakeFirst();
  return await readHeldReadingView(db, config, row?.id ?? '');
}

/** Where it is asked, how that stands, and how often it was wanted. */
export async function questionsOf({ storage: { db } }: MorningSchool) {
  const rows = await db
    .selectFrom('post')
    .select(['conversationId', 'state', 'wantedVersion'])
    .where('purpose', '=', 'heldReading')
    .execute();
  return rows.map(({ conversationId, state, wantedVersion }) => [conversationId, state, wantedVersion]);
}

/** The pupils who are or were to be followed up. */
export async function followedUp(school: MorningSchool): Promise<readonly string[]> {
  return (await school.followUps()).map(([pupil]) => pupil ?? '');
}
