import type { Temporal } from 'temporal-polyfill';
import type { SchoolToday } from '../attendance/today.ts';
import type { School } from '../config/municipality.ts';
import { dueAt } from '../follow-up/due-times.ts';
import { markSchoolFollowUpPostsStale } from '../follow-up/follow-up-posts.ts';
import { wantOwnLists } from '../follow-up/own-lists.ts';
import { type Reconciled, reconcileFollowUps } from '../follow-up/reconcile-follow-ups.ts';
import { mentorGroups } from '../people/mentor-groups.ts';
import { readResponsibilities, responsibleFor } from '../people/responsible.ts';
import type { Db } from '../storage/database.ts';
import { type SchoolDay, wantGroupCards, wantSchoolCard } from './morning-posts.ts';

export interface ConsequenceDeps {
  readonly db: Db;
  /** Called in the same transaction, so that the day's figures, and whatever sums it up, are brought up to date. */
  readonly onSettled: (db: Db, schoolDay: SchoolDay, at: Temporal.Instant) => Promise<void>;
}

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
export async function drawConsequences(
  { db, onSettled }: ConsequenceDeps,
  facts: MorningFacts,
): Promise<Reconciled> {
  const { school, day, today, state, now } = facts;
  const groups = await mentorGroups({ db }, school.id);
  // Of a pupil in several groups, the mentors of the first one answer.
  const groupOf = new Map(
    groups.toReversed().flatMap((group) => group.pupilIds.map((id) => [id, group] as const)),
  );
  const responsibilities = await readResponsibilities(db, school.id, day);
  const followUps = await reconcileFollowUps(db, {
    schoolId: school.id,
    day,
    now,
    dueAt: (reason) => dueAt(school, day, reason, now),
    pupils: state === 'held' ? today.pupils.filter((pupil) => pupil.isLongTerm) : today.pupils,
    placeOf: (pupilId) => {
      const group = groupOf.get(pupilId);
      return { groupId: group?.id ?? null, responsible: responsibleFor(pupilId, group, responsibilities) };
    },
  });
  const schoolDay = { schoolId: school.id, day };
  if (state === 'released') {
    await wantGroupCards(db, schoolDay, groups, now);
    await wantOwnLists(db, schoolDay, now);
  }
  await wantSchoolCard(db, schoolDay, now);
  await markSchoolFollowUpPostsStale(db, schoolDay);
  await onSettled(db, schoolDay, now);
  return followUps;
}
