import type { Temporal } from 'temporal-polyfill';
import { readStandIns } from '../people/responsible.ts';
import type { Db } from '../storage/database.ts';

/** Somebody who is to be reminded of a pupil in that group. */
export interface Reminded {
  readonly staffId: string;
  readonly groupId: string | undefined;
}

/** Who is reminded: they themselves where they are there, otherwise a colleague; undefined where that is nobody. */
export type Substitutes = (reminded: Reminded) => string | undefined;

/** Everybody counts as there. */
export const nobodyInstead: Substitutes = ({ staffId }) => staffId;

/** Everybody whom a reminder may come to, so that each can be asked for before. */
export async function whoMayBeReminded(
  db: Db,
  day: Temporal.PlainDate,
  reminded: readonly Reminded[],
): Promise<ReadonlySet<string>> {
  const colleagues = await readColleaguesOf(db, day);
  return new Set(reminded.flatMap((one) => [one.staffId, ...colleagues(one)]));
}

/** Instead of somebody who is away: whoever stands in for them that day, otherwise a mentor of the pupil's group who is there. */
export async function readSubstitutes(
  db: Db,
  day: Temporal.PlainDate,
  away: ReadonlySet<string>,
): Promise<Substitutes> {
  if (away.size === 0) return nobodyInstead;
  const colleagues = await readColleaguesOf(db, day);
  return (reminded) => {
    return [reminded.staffId, ...colleagues(reminded)].find((staffId) => !away.has(staffId));
  };
}

/** Who may stand in for somebody, in the order in which they are asked; of several mentors always the same one first. */
async function readColleaguesOf(
  db: Db,
  day: Temporal.PlainDate,
): Promise<(reminded: Reminded) => readonly string[]> {
  const standIns = await readStandIns(db, day);
  const mentors = await db
    .selectFrom('groupMentor')
    .innerJoin('staff', 'staff.id', 'groupMentor.staffId')
    .select(['groupMentor.groupId', 'groupMentor.staffId'])
    .where('staff.removedAt', 'is', null)
    .orderBy('groupMentor.staffId')
    .execute();
  const ofGroup = new Map<string, string[]>();
  for (const { groupId, staffId } of mentors)
    ofGroup.set(groupId, [...(ofGroup.get(groupId) ?? []), staffId]);
  return ({ staffId, groupId }) => {
    const standIn = standIns.get(staffId);
    const others = (ofGroup.get(groupId ?? '') ?? []).filter(
      // A mentor who is away for the day is no help, whatever the directory says.
      (mentor) => mentor !== staffId && !standIns.has(mentor),
    );
    return standIn === undefined ? others : [standIn, ...others];
  };
}
