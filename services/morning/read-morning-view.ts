import type { Temporal } from 'temporal-polyfill';
import { type PupilToday, readToday } from '../attendance/today.ts';
import type { School } from '../config/municipality.ts';
import { isAwaited } from '../follow-up/follow-up.ts';
import { type FollowUpFacts, type FollowUpLine, followUpLine } from '../follow-up/follow-up-line.ts';
import type { Db } from '../storage/database.ts';
import type { MorningView, PupilLine } from './morning-view.ts';

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
  const morning = await readMorning(db, { schoolId: school.id, groupId, day });
  if (morning === undefined) return undefined;
  const { dataAt, groupName } = morning;
  const query = { schoolId: school.id, day, now: dataAt, longTerm: school.longTerm, groupId };
  const today = await readToday({ db }, query);
  const pupils = today.pupils.filter((pupil) => !pupil.isProtected);
  const lines = await readLines(db, school, pupils, day);
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

/** The school's morning, and the name of one of its groups. */
async function readMorning(
  db: Db,
  of: { readonly schoolId: string; readonly groupId: string; readonly day: Temporal.PlainDate },
) {
  return await db
    .selectFrom('morning')
    .innerJoin('schoolGroup', 'schoolGroup.schoolId', 'morning.schoolId')
    .select(['morning.dataAt', 'schoolGroup.name as groupName'])
    .where('morning.schoolId', '=', of.schoolId)
    .where('morning.day', '=', of.day)
    .where('schoolGroup.id', '=', of.groupId)
    .executeTakeFirst();
}

/** Answers a function from a choice of pupils to their lines: those to contact first, then by name. */
async function readLines(db: Db, school: School, pupils: readonly PupilToday[], day: Temporal.PlainDate) {
  const ids = pupils.map((pupil) => pupil.pupilId);
  const named = await readNamed(db, ids, day, school.timeZone);
  const collator = new Intl.Collator(school.language);

  return (
    isChosen: (pupil: PupilToday, followUp: FollowUpLine | undefined) => boolean,
  ): readonly PupilLine[] =>
    pupils
      .filter((pupil) => isChosen(pupil, named.get(pupil.pupilId)?.followUp))
      .flatMap((pupil) => {
        const known = named.get(pupil.pupilId);
        return known === undefined ? [] : [pupilLine(pupil, known)];
      })
      .sort((a, b) => rank(a) - rank(b) || collator.compare(a.name, b.name));
}

function rank(line: PupilLine): number {
  return line.followUp?.state === 'open' ? 0 : 1;
}

type Named = Pick<PupilLine, 'name' | 'followUp'>;

/**
 * What the pupils are called, never a protected one, and how each is followed up on the day. (`limit 1` keeps it one pupil
 * at a time: as a join, every follow-up of everybody would be read.)
 */
async function readNamed(
  db: Db,
  ids: readonly string[],
  day: Temporal.PlainDate,
  timeZone: string,
): Promise<ReadonlyMap<string, Named>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('pupil')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('followUp as own')
          .selectAll('own')
          .whereRef('own.pupilId', '=', 'pupil.id')
          .where('own.day', '=', day)
          .limit(1)
          .as('followUp'),
      (join) => join.onTrue(),
    )
    .select(['pupil.id', 'pupil.givenName', 'pupil.familyName'])
    .select(FOLLOW_UP_COLUMNS)
    .where('pupil.id', 'in', ids)
    .where('pupil.isProtected', '=', false)
    .execute();
  return new Map(
    rows.map(({ id, givenName, familyName, ...followUp }) => {
      const name = [givenName, familyName].filter(Boolean).join(' ');
      return [id, { name, followUp: lineOf(followUp, day, timeZone) }];
    }),
  );
}

const FOLLOW_UP_COLUMNS = [
  'followUp.id as followUpId',
  'followUp.version',
  'followUp.state',
  'followUp.dueAt',
  'followUp.contactedAt',
  'followUp.contactedByName',
  'followUp.method',
  'followUp.counterpart',
  'followUp.lastAttemptAt',
  'followUp.lastAttemptByName',
] as const;

/** Columns of a follow-up, empty where there is none. */
type JoinedFollowUp = { readonly [K in keyof Omit<FollowUpFacts, 'id' | 'day'>]: FollowUpFacts[K] | null } & {
  readonly followUpId: string | null;
};

function lineOf(joined: JoinedFollowUp, day: Temporal.PlainDate, timeZone: string): FollowUpLine | undefined {
  const { followUpId: id, version, state, dueAt } = joined;
  if (id === null || version === null || state === null || dueAt === null) return undefined;
  return followUpLine({ ...joined, id, version, state, dueAt, day }, timeZone);
}

function pupilLine(pupil: PupilToday, named: Named): PupilLine {
  const { pupilId, notice, lessonsMissed, lateArrivals, daysInRow, isLongTerm } = pupil;
  return { pupilId, ...named, notice, lessonsMissed, lateArrivals, daysInRow, isLongTerm };
}
