import type { Temporal } from 'temporal-polyfill';
import { type PupilToday, todayOf } from '../attendance/today.ts';
import type { School } from '../config/municipality.ts';
import { isAwaited } from '../follow-up/follow-up.ts';
import type { FollowUpLine } from '../follow-up/follow-up-line.ts';
import type { Db } from '../storage/database.ts';
import { type GroupFacts, readGroupFacts, readSchoolsGroupFacts } from './group-facts.ts';
import type { MorningView, PupilLine } from './morning-view.ts';
import type { NamedPupil } from './named-pupils.ts';

/**
 * What a mentor group's card shows, as of when the data were pulled: it changes with the facts and never with the mere
 * passing of time. Undefined before the school's morning has run. Names are resolved last, and never a protected one's.
 */
export async function readMorningView(
  { db }: { readonly db: Db },
  school: School,
  groupId: string,
  day: Temporal.PlainDate,
): Promise<MorningView | undefined> {
  const facts = await readGroupFacts(db, school, groupId, day);
  return facts && viewOf(school, day, facts);
}

/** The same of every group of a school, read at once. */
export async function readMorningViews(
  { db }: { readonly db: Db },
  school: School,
  day: Temporal.PlainDate,
): Promise<(groupId: string) => MorningView | undefined> {
  const factsOf = await readSchoolsGroupFacts(db, school, day);
  return (groupId) => {
    const facts = factsOf(groupId);
    return facts && viewOf(school, day, facts);
  };
}

function viewOf(school: School, day: Temporal.PlainDate, facts: GroupFacts): MorningView {
  const { groupId, groupName, dataAt } = facts;
  const today = todayOf(facts.today, facts.histories, { day, now: dataAt, longTerm: school.longTerm });
  const pupils = today.pupils.filter((pupil) => !pupil.isProtected);
  const lines = linesOf(school, pupils, facts.named);
  return {
    schoolId: school.id,
    schoolName: school.name,
    groupId,
    groupName,
    day,
    timeZone: school.timeZone,
    dataAt,
    missing: lines((pupil) => pupil.status === 'missing'),
    notSeenYet: lines(isToBeSeen),
    reported: lines((pupil) => pupil.status === 'reported'),
    unreportedLessons: today.unreportedLessons,
    quality: {
      lessonsStarted: today.lessonsStarted,
      lessonsReported: today.lessonsReported,
      lateArrivals: pupils.filter((pupil) => pupil.status === 'present' && pupil.lateArrivals > 0).length,
    },
  };
}

/** Whose follow-up is still open although nothing is said of them any more stands here too: they are reminded of all the same. */
function isToBeSeen(pupil: PupilToday, followUp: FollowUpLine | undefined): boolean {
  if (pupil.status === 'missing' || pupil.status === 'reported') return false;
  return followUp?.state === 'open' || (pupil.isLongTerm && isAwaited(pupil));
}

/** Answers a function from a choice of pupils to their lines: those to contact first, then by name. */
function linesOf(
  { language }: School,
  pupils: readonly PupilToday[],
  named: ReadonlyMap<string, NamedPupil>,
) {
  const { compare } = new Intl.Collator(language);

  return (
    isChosen: (pupil: PupilToday, followUp: FollowUpLine | undefined) => boolean,
  ): readonly PupilLine[] =>
    pupils
      .filter((pupil) => isChosen(pupil, named.get(pupil.pupilId)?.followUp))
      .flatMap((pupil) => {
        const known = named.get(pupil.pupilId);
        return known === undefined ? [] : [pupilLine(pupil, known)];
      })
      .sort((a, b) => rank(a) - rank(b) || compare(a.name, b.name));
}

function rank(line: PupilLine): number {
  return line.followUp?.state === 'open' ? 0 : 1;
}

function pupilLine(pupil: PupilToday, named: NamedPupil): PupilLine {
  const { pupilId, notice, lessonsMissed, lateArrivals, daysInRow, isLongTerm } = pupil;
  return { pupilId, ...named, notice, lessonsMissed, lateArrivals, daysInRow, isLongTerm };
}
