import type { Temporal } from 'temporal-polyfill';
import { type PupilToday, readToday } from '../attendance/today.ts';
import type { School } from '../config/municipality.ts';
import { type FollowUpRow, isAwaited } from '../follow-up/follow-up.ts';
import type { Db } from '../storage/database.ts';
import type { FollowUpLine, MorningView, PupilLine } from './morning-view.ts';

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
  const [morning, group] = await Promise.all([readMorning(db, school.id, day), readGroup(db, groupId)]);
  if (morning === undefined || group?.schoolId !== school.id) return undefined;
  const { dataAt } = morning;
  const query = { schoolId: school.id, day, now: dataAt, longTerm: school.longTerm, groupId };
  const today = await readToday({ db }, query);
  const pupils = today.pupils.filter((pupil) => !pupil.isProtected);
  const lines = await readLines(db, school, pupils, day);
  return {
    schoolId: school.id,
    schoolName: school.name,
    groupId,
    groupName: group.name,
    day,
    timeZone: school.timeZone,
    dataAt,
    missing: lines((pupil) => pupil.status === 'missing'),
    notSeenYet: lines((pupil) => pupil.isLongTerm && pupil.status !== 'reported' && isAwaited(pupil)),
    reported: lines((pupil) => pupil.status === 'reported'),
    unreportedLessons: today.unreportedLessons,
    quality: {
      lessonsStarted: today.lessonsStarted,
      lessonsReported: today.lessonsReported,
      lateArrivals: pupils.filter((pupil) => pupil.status === 'present' && pupil.lateArrivals > 0).length,
    },
  };
}

async function readMorning(db: Db, schoolId: string, day: Temporal.PlainDate) {
  return await db
    .selectFrom('morning')
    .select('dataAt')
    .where('schoolId', '=', schoolId)
    .where('day', '=', day)
    .executeTakeFirst();
}

async function readGroup(db: Db, groupId: string) {
  return await db
    .selectFrom('schoolGroup')
    .select(['name', 'schoolId'])
    .where('id', '=', groupId)
    .executeTakeFirst();
}

/** Answers a function from a choice of pupils to their lines: those to contact first, then by name. */
async function readLines(db: Db, school: School, pupils: readonly PupilToday[], day: Temporal.PlainDate) {
  const ids = pupils.map((pupil) => pupil.pupilId);
  const names = await readNames(db, ids);
  const followUps = await readFollowUps(db, ids, day, school.timeZone);
  const collator = new Intl.Collator(school.language);

  return (isChosen: (pupil: PupilToday) => boolean): readonly PupilLine[] =>
    pupils
      .filter(isChosen)
      .flatMap((pupil) => {
        const name = names.get(pupil.pupilId);
        return name === undefined ? [] : [pupilLine(pupil, name, followUps.get(pupil.pupilId))];
      })
      .sort((a, b) => rank(a) - rank(b) || collator.compare(a.name, b.name));
}

function rank(line: PupilLine): number {
  return line.followUp?.state === 'open' ? 0 : 1;
}

async function readNames(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('pupil')
    .select(['id', 'givenName', 'familyName'])
    .where('id', 'in', ids)
    .where('isProtected', '=', false)
    .execute();
  return new Map(rows.map((row) => [row.id, [row.givenName, row.familyName].filter(Boolean).join(' ')]));
}

async function readFollowUps(db: Db, ids: readonly string[], day: Temporal.PlainDate, timeZone: string) {
  if (ids.length === 0) return new Map<string, FollowUpLine>();
  const rows = await db
    .selectFrom('followUp')
    .selectAll()
    .where('pupilId', 'in', ids)
    .where('day', '=', day)
    .execute();
  return new Map(rows.map((row) => [row.pupilId, followUpLine(row, timeZone)]));
}

function followUpLine(row: FollowUpRow, timeZone: string): FollowUpLine {
  if (row.state === 'contacted' && row.contactedAt !== null) {
    const on = row.contactedAt.toZonedDateTimeISO(timeZone).toPlainDate();
    const contacted = { state: 'contacted', by: row.contactedByName ?? '', at: row.contactedAt } as const;
    return on.equals(row.day) ? contacted : { ...contacted, on };
  }
  return row.state === 'open' ? { state: 'open', dueAt: row.dueAt } : { state: 'closed' };
}

function pupilLine(pupil: PupilToday, name: string, followUp: FollowUpLine | undefined): PupilLine {
  const { pupilId, notice, lessonsMissed, lateArrivals, daysInRow, isLongTerm } = pupil;
  return { pupilId, name, notice, lessonsMissed, lateArrivals, daysInRow, isLongTerm, followUp };
}
