import { Temporal } from 'temporal-polyfill';
import type { SchoolToday } from '../attendance/today.ts';
import type { School } from '../config/municipality.ts';
import { type Reconciled, reconcileFollowUps } from '../follow-up/reconcile-follow-ups.ts';
import { mentorGroups } from '../people/mentor-groups.ts';
import { firstResponsible } from '../people/responsible.ts';
import type { Db } from '../storage/database.ts';
import { wantGroupCards, wantSchoolCard } from './morning-posts.ts';

export interface MorningFacts {
  readonly school: School;
  readonly day: Temporal.PlainDate;
  readonly today: SchoolToday;
  readonly state: 'held' | 'released';
  readonly now: Temporal.Instant;
}

/**
 * What follows from a morning's facts: follow-ups, and cards to bring up to date. While it is held nobody is said to be
 * missing, but long-term absent pupils are followed up as every day. To be called in a transaction; repeatable.
 */
export async function drawConsequences(db: Db, facts: MorningFacts): Promise<Reconciled> {
  const { school, day, today, state, now } = facts;
  const groups = await mentorGroups({ db }, school.id);
  // Of a pupil in several groups, the mentors of the first one answer.
  const groupOf = new Map(
    groups.toReversed().flatMap((group) => group.pupilIds.map((id) => [id, group] as const)),
  );
  const followUps = await reconcileFollowUps(db, {
    schoolId: school.id,
    day,
    now,
    dueAt: wallClock(day, school.times.followUpDue, school.timeZone),
    pupils: state === 'held' ? today.pupils.filter((pupil) => pupil.isLongTerm) : today.pupils,
    placeOf: (pupilId) => {
      const group = groupOf.get(pupilId);
      return { groupId: group?.id ?? null, staffId: firstResponsible(group) ?? null };
    },
  });
  const schoolDay = { schoolId: school.id, day };
  if (state === 'released') await wantGroupCards(db, schoolDay, groups, now);
  await wantSchoolCard(db, schoolDay, now);
  return followUps;
}

function wallClock(day: Temporal.PlainDate, time: string, timeZone: string): Temporal.Instant {
  return day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).toInstant();
}
