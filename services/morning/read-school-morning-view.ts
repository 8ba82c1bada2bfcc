import type { Temporal } from 'temporal-polyfill';
import { readStandings } from '../attendance/today.ts';
import type { School } from '../config/municipality.ts';
import { type MentorGroup, mentorGroups } from '../people/mentor-groups.ts';
import type { Db } from '../storage/database.ts';
import { readDelivery } from './read-delivery.ts';
import type { SchoolMorningView } from './school-morning-view.ts';

/** What the coordinator's card shows of a school's morning; undefined before it has run. */
export async function readSchoolMorningView(
  { db }: { readonly db: Db },
  school: School,
  day: Temporal.PlainDate,
): Promise<SchoolMorningView | undefined> {
  const morning = await readMorning(db, school.id, day);
  if (morning === undefined) return undefined;
  const today = await readStandings({ db }, { schoolId: school.id, day, now: morning.dataAt });
  const shown = today.pupils.filter((pupil) => !pupil.isProtected);
  const followUps = await readFollowUps(db, school.id, day);
  const of = (pupils: readonly { readonly pupilId: string }[]) => {
    const ids = new Set(pupils.map(({ pupilId }) => pupilId));
    return followUps.filter(({ pupilId }) => ids.has(pupilId));
  };
  const open = of(shown).filter(({ state }) => state === 'open');
  const groups = await mentorGroups({ db }, school.id);
  const needed = new Set(of(shown).flatMap(({ groupId }) => groupId ?? []));
  return {
    schoolId: school.id,
    schoolName: school.name,
    day,
    timeZone: school.timeZone,
    dataAt: morning.dataAt,
    state: morning.state,
    heldFor: morning.heldFor,
    releasedBy:
      morning.releasedByName === null || morning.releasedAt === null
        ? undefined
        : { name: morning.releasedByName, at: morning.releasedAt },
    missing: shown.filter(({ status }) => status === 'missing').length,
    reported: shown.filter(({ status }) => status === 'reported').length,
    toContact: open.length,
    contacted: of(shown).filter(({ state }) => state === 'contacted').length,
    lessonsStarted: today.lessonsStarted,
    lessonsReported: today.lessonsReported,
    protectedFollowUps: of(today.pupils.filter((pupil) => pupil.isProtected)).filter(
      ({ state }) => state === 'open',
    ).length,
    withoutGroup: open.filter(({ pupilId, groupId }) => groupId === null && !isInGroup(groups, pupilId))
      .length,
    delivery: await readDelivery(db, { schoolId: school.id, day, groups, needed }),
  };
}

async function readMorning(db: Db, schoolId: string, day: Temporal.PlainDate) {
  return await db
    .selectFrom('morning')
    .selectAll()
    .where('schoolId', '=', schoolId)
    .where('day', '=', day)
    .executeTakeFirst();
}

async function readFollowUps(db: Db, schoolId: string, day: Temporal.PlainDate) {
  return await db
    .selectFrom('followUp')
    .select(['pupilId', 'groupId', 'state'])
    .where('schoolId', '=', schoolId)
    .where('day', '=', day)
    .execute();
}

function isInGroup(groups: readonly MentorGroup[], pupilId: string): boolean {
  return groups.some((group) => group.pupilIds.includes(pupilId));
}
