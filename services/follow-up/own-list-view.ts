import type { Temporal } from 'temporal-polyfill';
import { type PupilToday, readToday } from '../attendance/today.ts';
import type { School } from '../config/municipality.ts';
import type { Db } from '../storage/database.ts';
import { type FollowUpLine, followUpLine } from './follow-up-line.ts';

/** Somebody's own pupils of a day: those whose contact person they are, and those they answer for today. */
export interface OwnListView {
  readonly staffId: string;
  readonly schoolName: string;
  readonly day: Temporal.PlainDate;
  /** When the data were pulled; undefined before the morning has run. */
  readonly dataAt: Temporal.Instant | undefined;
  /** Those to contact first, then by name. Without protected pupils. */
  readonly pupils: readonly OwnLine[];
}

export interface OwnLine {
  readonly name: string;
  readonly groupName: string;
  /** Whether they are their contact person, or answer for them today. */
  readonly isContactPerson: boolean;
  readonly status: PupilToday['status'];
  readonly daysInRow: number;
  readonly followUp: FollowUpLine | undefined;
}

export async function readOwnListView(
  { db }: { readonly db: Db },
  school: School,
  staffId: string,
  day: Temporal.PlainDate,
): Promise<OwnListView> {
  const contactIds = await contactPupils(db, school.id, staffId);
  const responsible = await responsiblePupils(db, school.id, staffId, day);
  const ids = [...new Set([...contactIds, ...responsible])];
  const dataAt = await readDataAt(db, school.id, day);
  const known = await readKnown(db, ids);
  const statusOf = await readStatus(db, school, day, dataAt, [...known.keys()]);
  const followUps = await readFollowUps(db, ids, day, school.timeZone);
  const collator = new Intl.Collator(school.language);
  const lines = [...known].map(([id, { name, groupName }]): OwnLine => {
    const today = statusOf.get(id);
    return {
      name,
      groupName,
      isContactPerson: contactIds.includes(id),
      status: today?.status ?? 'unknown',
      daysInRow: today?.daysInRow ?? 0,
      followUp: followUps.get(id),
    };
  });
  return {
    staffId,
    schoolName: school.name,
    day,
    dataAt,
    pupils: lines.sort((a, b) => rank(a) - rank(b) || collator.compare(a.name, b.name)),
  };
}

function rank({ followUp }: OwnLine): number {
  return followUp?.state === 'open' ? 0 : 1;
}

async function contactPupils(db: Db, schoolId: string, staffId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('contactPerson')
    .select('pupilId')
    .where('staffId', '=', staffId)
    .where('schoolId', '=', schoolId)
    .where('endedAt', 'is', null)
    .execute();
  return rows.map((row) => row.pupilId);
}

async function responsiblePupils(
  db: Db,
  schoolId: string,
  staffId: string,
  day: Temporal.PlainDate,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('followUp')
    .select('pupilId')
    .where('schoolId', '=', schoolId)
    .where('day', '=', day)
    .where('responsibleStaffId', '=', staffId)
    .execute();
  return rows.map((row) => row.pupilId);
}

async function readDataAt(
  db: Db,
  schoolId: string,
  day: Temporal.PlainDate,
): Promise<Temporal.Instant | undefined> {
  const row = await db
    .selectFrom('morning')
    .select('dataAt')
    .where('schoolId', '=', schoolId)
    .where('day', '=', day)
    .executeTakeFirst();
  return row?.dataAt;
}

/** Names are resolved last, and never a protected one's. */
async function readKnown(db: Db, ids: readonly string[]) {
  const rows = await db
    .selectFrom('pupil')
    .select(['pupil.id', 'pupil.givenName', 'pupil.familyName'])
    .select((eb) =>
      eb
        .selectFrom('groupMember')
        .innerJoin('schoolGroup', 'schoolGroup.id', 'groupMember.groupId')
        .select('schoolGroup.name')
        .whereRef('groupMember.pupilId', '=', 'pupil.id')
        .where('schoolGroup.kind', 'in', ['mentor', 'class'])
        .where('schoolGroup.removedAt', 'is', null)
        .orderBy('schoolGroup.kind', 'desc')
        .limit(1)
        .as('groupName'),
    )
    .where('pupil.id', 'in', ['', ...ids])
    .where('pupil.isProtected', '=', false)
    .where('pupil.removedAt', 'is', null)
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      { name: [row.givenName, row.familyName].filter(Boolean).join(' '), groupName: row.groupName ?? '' },
    ]),
  );
}

async function readStatus(
  db: Db,
  school: School,
  day: Temporal.PlainDate,
  now: Temporal.Instant | undefined,
  pupilIds: readonly string[],
): Promise<ReadonlyMap<string, PupilToday>> {
  if (now === undefined || pupilIds.length === 0) return new Map();
  const query = { schoolId: school.id, day, now, longTerm: school.longTerm, pupilIds };
  const { pupils } = await readToday({ db }, query);
  return new Map(pupils.map((pupil) => [pupil.pupilId, pupil]));
}

async function readFollowUps(db: Db, ids: readonly string[], day: Temporal.PlainDate, timeZone: string) {
  const rows = await db
    .selectFrom('followUp')
    .selectAll()
    .where('pupilId', 'in', ['', ...ids])
    .where('day', '=', day)
    .execute();
  return new Map(rows.map((row) => [row.pupilId, followUpLine(row, timeZone)]));
}
