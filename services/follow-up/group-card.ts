import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';

/**
 * Whether a pupil is to be followed up on a group's card of a day: one of the group's pupils, or one who was when the
 * follow-up was opened and has changed groups since. Never a protected pupil.
 */
export async function isFollowedUpInGroup(
  db: Db,
  {
    pupilId,
    groupId,
    day,
  }: { readonly pupilId: string; readonly groupId: string; readonly day: Temporal.PlainDate },
): Promise<boolean> {
  const row = await db
    .selectFrom('followUp')
    .innerJoin('pupil', 'pupil.id', 'followUp.pupilId')
    .leftJoin('groupMember', (join) =>
      join.onRef('groupMember.pupilId', '=', 'followUp.pupilId').on('groupMember.groupId', '=', groupId),
    )
    .select('followUp.id')
    .where('followUp.pupilId', '=', pupilId)
    .where('followUp.day', '=', day)
    .where('pupil.isProtected', '=', false)
    .where((eb) => eb.or([eb('followUp.groupId', '=', groupId), eb('groupMember.groupId', 'is not', null)]))
    .executeTakeFirst();
  return row !== undefined;
}
