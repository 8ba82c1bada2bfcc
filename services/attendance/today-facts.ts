import { type SqlBool, sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';
import type { NoticeFact } from './classify.ts';
import type { LessonMinutes } from './lesson-minutes.ts';

/** Pupils of a school who have not left; only a group's with `groupId`. */
export interface Scope {
  readonly schoolId: string;
  readonly day: Temporal.PlainDate;
  readonly groupId?: string | undefined;
}

export interface PupilInScope {
  readonly id: string;
  readonly isProtected: boolean;
}

export interface TodaysLesson {
  readonly id: string;
  readonly startsAt: Temporal.Instant;
  readonly endsAt: Temporal.Instant;
  readonly subject: string;
  /** At least one pupil is reported in it. */
  readonly isReported: boolean;
}

export interface Part extends LessonMinutes {
  readonly lessonId: string;
  readonly pupilId: string;
}

/** The condition on `pupil` that keeps to the scope. */
export function inScope({ schoolId, groupId }: Scope) {
  const ofSchool = sql<SqlBool>`pupil.school_id = ${schoolId} and pupil.removed_at is null`;
  if (groupId === undefined) return ofSchool;
  return sql<SqlBool>`${ofSchool} and pupil.id in (select pupil_id from group_member where group_id = ${groupId})`;
}

export async function readPupils(db: Db, scope: Scope): Promise<readonly PupilInScope[]> {
  return await db
    .selectFrom('pupil')
    .select(['id', 'isProtected'])
    .where(inScope(scope))
    .orderBy('id')
    .execute();
}

/** The day's lessons that are offered to somebody in the scope, in order of time. */
export async function readLessons(db: Db, scope: Scope): Promise<readonly TodaysLesson[]> {
  const { rows } = await sql<TodaysLesson>`
    select lesson.id, lesson.starts_at, lesson.ends_at, lesson.subject, exists (
      select from pupil_lesson as part
      where part.lesson_id = lesson.id and part.is_reported and part.offered_minutes > 0) as is_reported
    from lesson
    where lesson.id in (
      select part.lesson_id from pupil_lesson as part join pupil on pupil.id = part.pupil_id
      where part.day = ${scope.day} and part.offered_minutes > 0 and ${inScope(scope)})
    order by lesson.starts_at, lesson.id`.execute(db);
  return rows;
}

/** Every pupil's part of the lessons: a lesson may be for more than those in the scope. */
export async function readParts(db: Db, lessons: readonly TodaysLesson[]): Promise<readonly Part[]> {
  if (lessons.length === 0) return [];
  return await db
    .selectFrom('pupilLesson')
    .select(['lessonId', 'pupilId', 'offeredMinutes', 'isReported'])
    .select(['presentMinutes', 'validMinutes', 'invalidMinutes', 'elsewhereMinutes'])
    .where(
      'lessonId',
      'in',
      lessons.map((lesson) => lesson.id),
    )
    .where('offeredMinutes', '>', 0)
    .execute();
}

/** Notices over some time between the first lesson and the last. */
export async function readNotices(
  db: Db,
  scope: Scope,
  lessons: readonly TodaysLesson[],
): Promise<readonly (NoticeFact & { readonly pupilId: string })[]> {
  const [first] = lessons;
  if (first === undefined) return [];
  const ends = lessons
    .map((lesson) => lesson.endsAt)
    .reduce((a, b) => (a.epochMilliseconds > b.epochMilliseconds ? a : b));
  return await db
    .selectFrom('absenceNotice')
    .innerJoin('pupil', 'pupil.id', 'absenceNotice.pupilId')
    .select(['absenceNotice.pupilId', 'absenceNotice.kind', 'absenceNotice.startsAt', 'absenceNotice.endsAt'])
    .where(inScope(scope))
    .where('absenceNotice.startsAt', '<', ends)
    .where('absenceNotice.endsAt', '>', first.startsAt)
    .orderBy('absenceNotice.startsAt')
    .orderBy('absenceNotice.id')
    .execute();
}
