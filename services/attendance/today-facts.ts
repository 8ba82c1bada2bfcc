import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';
import type { NoticeFact } from './classify.ts';
import type { LessonMinutes } from './lesson-minutes.ts';

/**
 * Pupils of a school who have not left; with `groupId` only a group's, and those followed up in it on `day`; with `pupilIds`
 * only those named.
 */
export interface Scope {
  readonly schoolId: string;
  readonly day: Temporal.PlainDate;
  readonly groupId?: string | undefined;
  readonly pupilIds?: readonly string[] | undefined;
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

export async function readPupils(
  db: Db,
  { schoolId, day, groupId, pupilIds }: Scope,
): Promise<readonly PupilInScope[]> {
  const everyone = db
    .selectFrom('pupil')
    .select(['id', 'isProtected'])
    .where('schoolId', '=', schoolId)
    .where('removedAt', 'is', null)
    .orderBy('id');
  const ofSchool = pupilIds === undefined ? everyone : everyone.where('id', 'in', ['', ...pupilIds]);
  if (groupId === undefined) return await ofSchool.execute();
  const members = db.selectFrom('groupMember').select('pupilId').where('groupId', '=', groupId);
  // Whoever was told of a pupil in the morning is told how it went, also where the pupil has changed groups since.
  const followedUp = db
    .selectFrom('followUp')
    .select('pupilId')
    .where('groupId', '=', groupId)
    .where('day', '=', day);
  return await ofSchool.where((eb) => eb.or([eb('id', 'in', members), eb('id', 'in', followedUp)])).execute();
}

/** The lessons, in order of time. (`limit 1`: as `exists`, every lesson there ever was would be read and hashed.) */
export async function readLessons(db: Db, lessonIds: ReadonlySet<string>): Promise<readonly TodaysLesson[]> {
  const { rows } = await sql<TodaysLesson>`
    select lesson.id, lesson.starts_at, lesson.ends_at, lesson.subject, (
      select true from pupil_lesson as part
      where part.lesson_id = lesson.id and part.is_reported and part.offered_minutes > 0
      limit 1) is not null as is_reported
    from lesson
    where lesson.id = any(${[...lessonIds]}::text[])
    order by lesson.starts_at, lesson.id`.execute(db);
  return rows;
}

/**
 * The pupils' parts of the day's lessons, where something was offered. They come as one JSON text, since thousands of rows of their own take PGlite
 * three times as long.
 */
export async function readParts(
  db: Db,
  pupilIds: readonly string[],
  day: Temporal.PlainDate,
): Promise<readonly Part[]> {
  const { rows } = await sql<{ parts: readonly StoredPart[] | null }>`
    select json_agg(json_build_array(lesson_id, pupil_id, offered_minutes, is_reported, present_minutes, valid_minutes,
      invalid_minutes, elsewhere_minutes)) as parts
    from pupil_lesson
    where pupil_id = any(${pupilIds}::text[]) and day = ${day} and offered_minutes > 0`.execute(db);
  return (rows[0]?.parts ?? []).map(partOf);
}

type StoredPart = readonly [string, string, number, boolean, number, number, number, number];

function partOf(stored: StoredPart): Part {
  const [lessonId, pupilId, offeredMinutes, isReported, ...minutes] = stored;
  const [presentMinutes, validMinutes, invalidMinutes, elsewhereMinutes] = minutes;
  return {
    lessonId,
    pupilId,
    offeredMinutes,
    isReported,
    presentMinutes,
    validMinutes,
    invalidMinutes,
    elsewhereMinutes,
  };
}

export interface PupilNotice extends NoticeFact {
  readonly pupilId: string;
}

/** The pupils' notices over some time between the first of the lessons and the last. */
export async function readNotices(
  db: Db,
  pupilIds: readonly string[],
  lessons: readonly TodaysLesson[],
): Promise<readonly PupilNotice[]> {
  const [first] = lessons;
  if (first === undefined) return [];
  const lastEnd = lessons
    .map((lesson) => lesson.endsAt)
    .reduce((a, b) => (Temporal.Instant.compare(a, b) > 0 ? a : b));
  const { rows } = await sql<PupilNotice>`
    select pupil_id, kind, starts_at, ends_at from absence_notice
    where pupil_id = any(${pupilIds}::text[]) and starts_at < ${lastEnd} and ends_at > ${first.startsAt}
    order by starts_at, id`.execute(db);
  return rows;
}
