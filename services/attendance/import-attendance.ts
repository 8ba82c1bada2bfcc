import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import { type PeopleListener, protectPupils } from '../people/protect-pupils.ts';
import type { Db } from '../storage/database.ts';
import type { AttendanceDay, SourceLesson } from './attendance-source.ts';
import { rebuildDaySums } from './day-sums.ts';
import { expectedPupils, type PupilPart } from './expected-pupils.ts';
import { countUnknown, readMembers } from './group-members.ts';
import { replaceNotices } from './replace-notices.ts';
import { storeLessons } from './store-lessons.ts';

export interface ImportDeps {
  readonly db: Db;
  /** Brings up to date whatever may show the name of somebody who is protected from now on. */
  readonly onPeople?: PeopleListener | undefined;
}

export interface DayImport {
  readonly lessons: number;
  /** Pupils' parts of lessons that the day has now, and how many of them are new, differ, or were taken away. */
  readonly parts: number;
  readonly partsWritten: number;
  readonly partsRemoved: number;
  readonly notices: number;
  /** Pupils that the roster does not know (yet). What is said of them is stored under their ids. */
  readonly unknownPupils: number;
  /** Records the source gave that could not be read. */
  readonly rejected: number;
}

/**
 * Replaces a school's day by what the source gives, in one transaction: lessons, each pupil's part of them, notices, and the
 * day's sums. Importing it again changes nothing; the order of days and of records does not matter. What is not reported
 * is stored as unknown, and never more than what was offered.
 */
export async function importDay(
  deps: ImportDeps,
  schoolId: string,
  day: Temporal.PlainDate,
  attendance: AttendanceDay,
): Promise<DayImport> {
  return await deps.db
    .transaction()
    .execute((trx) => storeDay({ ...deps, db: trx }, schoolId, day, attendance));
}

/** The same in the transaction `db`, for whoever has more to do in it. */
export async function storeDay(
  { db, onPeople }: ImportDeps,
  schoolId: string,
  day: Temporal.PlainDate,
  attendance: AttendanceDay,
): Promise<DayImport> {
  const lessons = onceEach(attendance.lessons);
  const notices = onceEach(attendance.notices);
  // One at a time: a pupil's sum of a day is built from lessons at every school, and of days that lessons move between.
  await sql`select pg_advisory_xact_lock(hashtextextended('attendance', 0))`.execute(db);
  await storeProtection({ db, onPeople }, attendance);
  const parts = await partsOf(db, lessons);
  const stored = await storeLessons(db, { schoolId, day }, lessons, parts);
  await rebuildDaySums(db, stored.touched);
  await replaceNotices(db, schoolId, lessons, notices);
  return {
    lessons: lessons.length,
    parts: parts.length,
    partsWritten: stored.written,
    partsRemoved: stored.removed,
    notices: notices.length,
    unknownPupils: await countUnknown(db, new Set([...parts, ...notices].map((each) => each.pupilId))),
    rejected: attendance.rejected.length,
  };
}

/** Takes away the names of whom the day marks as protected, whatever becomes of the rest of it. `db` is a transaction. */
export async function storeProtection(
  { db, onPeople }: ImportDeps,
  attendance: AttendanceDay,
): Promise<void> {
  const protectedIds = await protectPupils(db, attendance.protectedIds ?? []);
  if (protectedIds.length > 0) await onPeople?.(db, { protectedIds });
}

async function partsOf(db: Db, lessons: readonly SourceLesson[]): Promise<readonly PupilPart[]> {
  const members = await readMembers(db, new Set(lessons.flatMap((lesson) => lesson.groupIds)));
  return lessons.flatMap((lesson) => expectedPupils(lesson, (groupId) => members.get(groupId) ?? []));
}

/** A record that changes while a source is paged through comes twice; the later one holds. */
function onceEach<T extends { readonly id: string }>(records: readonly T[]): readonly T[] {
  return [...new Map(records.map((record) => [record.id, record])).values()];
}
