import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';
import type { FollowUpRow } from './follow-up.ts';
import type { ContactRow } from './standing.ts';

/** A pupil's follow-up of a day; undefined where nobody has to be contacted. */
export async function findFollowUp(
  db: Db,
  pupilId: string,
  day: Temporal.PlainDate,
): Promise<FollowUpRow | undefined> {
  return await db
    .selectFrom('followUp')
    .selectAll()
    .where('pupilId', '=', pupilId)
    .where('day', '=', day)
    .executeTakeFirst();
}

/** The last contact of a day that has not been taken back: that somebody recorded, or of a pupil. */
export async function findLastContact(
  db: Db,
  day: Temporal.PlainDate,
  whose: { readonly actorId: string } | { readonly pupilId: string },
): Promise<Pick<ContactRow, 'id' | 'followUpId' | 'pupilId'> | undefined> {
  const contacts = db
    .selectFrom('contact')
    .select(['id', 'followUpId', 'pupilId'])
    .where('day', '=', day)
    .where('undoneAt', 'is', null)
    .orderBy('at', 'desc')
    .orderBy('baseVersion', 'desc');
  return 'actorId' in whose
    ? await contacts.where('actorId', '=', whose.actorId).executeTakeFirst()
    : await contacts.where('pupilId', '=', whose.pupilId).executeTakeFirst();
}
