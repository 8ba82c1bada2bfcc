import { type RawBuilder, sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';
import type { LessonFact, NoticeFact } from './classify.ts';

/**
 * Pupils of a school who have not left; with `groupId` only a group's, and those followed up in it on `day`; with `pupilIds`
 * only those named.
 */
export interface Scope {
  readonly schoolId: string;
  readonly day: Temporal.PlainDate;
  /** Lessons that start after this do not count yet. */
  readonly now: Temporal.Instant;
  readonly groupId?: string | undefined;
  readonly pupilIds?: readonly string[] | undefined;
}

export interface PupilInScope {
  readonly id: string;
  readonly isProtected: boolean;
  /** From the first of the lessons that the pupil is offered on the day, now or later, to the end of the last; ms. */
  readonly hours: Hours | undefined;
}

export interface Hours {
  readonly startMs: number;
  readonly endMs: number;
}

export interface TodaysLesson {
  readonly id: string;
  readonly startsAt: Temporal.Instant;
  readonly endsAt: Temporal.Instant;
  readonly subject: string;
  /** At least one pupil, of whatever group, is reported in it. */
  readonly isReported: boolean;
}

/** A pupil's part of a lesson. */
export interface Part extends LessonFact {
  readonly lessonId: string;
  readonly pupilId: string;
}

export interface PupilNotice extends NoticeFact {
  readonly pupilId: string;
}

/** What a day is judged by. */
export interface TodayFacts {
  readonly pupils: readonly PupilInScope[];
  /** The pupils' parts of the lessons that have started, where something was offered. */
  readonly parts: readonly Part[];
  /** Those lessons, in order of time. */
  readonly lessons: readonly TodaysLesson[];
  /** The pupils' notices over some time between the first of their lessons and the last, now or later. */
  readonly notices: readonly PupilNotice[];
}

type StoredPupil = readonly [id: string, isProtected: boolean, startMs: number | null, endMs: number | null];
/** Each a column, in the same order; null where there are no parts. */
type StoredParts = readonly [
  lessonIds: readonly string[] | null,
  pupilIds: readonly string[],
  offered: readonly number[],
  reported: readonly boolean[],
  present: readonly number[],
  valid: readonly number[],
  invalid: readonly number[],
  elsewhere: readonly number[],
];
type StoredLesson = readonly [
  id: string,
  startsAt: string,
  endsAt: string,
  subject: string,
  isReported: boolean,
];
type StoredNotice = readonly [pupilId: string, kind: NoticeFact['kind'], startsAt: string, endsAt: string];

interface StoredFacts {
  readonly pupils: readonly StoredPupil[];
  readonly parts: StoredParts;
  readonly lessons: readonly StoredLesson[];
  readonly notices: readonly StoredNotice[];
}

/**
 * Reads the day in one statement, and as JSON, since thousands of rows of their own take PGlite three times as long; the parts,
 * which are most of it, column by column, since an array of each would take as long again as finding them.
 * (`offset 0` and `limit 1` keep it one pupil and one lesson at a time: as joins, every lesson there ever was would be read.)
 */
export async function readTodayFacts(db: Db, scope: Scope): Promise<TodayFacts> {
  const { rows } = await sql<StoredFacts>`
    with scope as materialized (${pupilsIn(scope)}), part as materialized (
      select own.* from scope cross join lateral (
        select * from pupil_lesson
        where pupil_id = scope.id and day = ${scope.day} and offered_minutes > 0 offset 0) as own
    ), planned as materialized (
      select one.* from (select distinct lesson_id from part) as named
      cross join lateral (select * from lesson where lesson.id = named.lesson_id offset 0) as one
    ), started as materialized (
      select planned.*, (
        select true from pupil_lesson as any_part
        where any_part.lesson_id = planned.id and any_part.is_reported and any_part.offered_minutes > 0
        limit 1) is not null as is_reported
      from planned where starts_at <= ${scope.now}::timestamptz
    ), hours as materialized (
      select pupil_id, min(starts_at) as first_start, max(ends_at) as last_end
      from part join planned on planned.id = part.lesson_id group by pupil_id
    ), span as materialized (select min(first_start) as first_start, max(last_end) as last_end from hours)
    select (select coalesce(json_agg(json_build_array(scope.id, scope.is_protected, ${ms(sql`first_start`)},
        ${ms(sql`last_end`)}) order by scope.id), '[]')
        from scope left join hours on hours.pupil_id = scope.id) as pupils,
      (select json_build_array(json_agg(lesson_id), json_agg(pupil_id), json_agg(offered_minutes),
        json_agg(part.is_reported), json_agg(present_minutes), json_agg(valid_minutes), json_agg(invalid_minutes),
        json_agg(elsewhere_minutes))
        from part join started on started.id = part.lesson_id) as parts,
      (select coalesce(json_agg(json_build_array(id, starts_at, ends_at, subject, is_reported)
        order by starts_at, id), '[]') from started) as lessons,
      (select coalesce(json_agg(json_build_array(notice.pupil_id, notice.kind, notice.starts_at, notice.ends_at)
        order by notice.starts_at, notice.id), '[]')
        from scope cross join span cross join lateral (
          select * from absence_notice
          where pupil_id = scope.id and starts_at < span.last_end and ends_at > span.first_start offset 0) as notice
      ) as notices`.execute(db);
  const [facts] = rows;
  const lessons = facts?.lessons.map(lessonOf) ?? [];
  return {
    pupils: facts?.pupils.map(pupilOf) ?? [],
    parts: facts === undefined ? [] : partsOf(facts.parts, lessons),
    lessons,
    notices: facts?.notices.map(noticeOf) ?? [],
  };
}

function pupilsIn({ schoolId, day, groupId, pupilIds }: Scope) {
  const named = pupilIds === undefined ? sql`` : sql`and id = any(${[...pupilIds]}::text[])`;
  const isChosen = sql`school_id = ${schoolId} and removed_at is null ${named}`;
  if (groupId === undefined) return sql`select id, is_protected from pupil where ${isChosen}`;
  // Whoever was told of a pupil in the morning is told how it went, also where the pupil has changed groups since.
  return sql`
    select one.id, one.is_protected from (
      select pupil_id from group_member where group_id = ${groupId}
      union select pupil_id from follow_up
      where group_id = ${groupId} and school_id = ${schoolId} and day = ${day}) as grouped
    cross join lateral (select * from pupil where pupil.id = grouped.pupil_id offset 0) as one
    where ${isChosen}`;
}

function ms(instant: RawBuilder<unknown>) {
  return sql`(extract(epoch from ${instant}) * 1000)::int8`;
}

function pupilOf([id, isProtected, startMs, endMs]: StoredPupil): PupilInScope {
  return { id, isProtected, hours: startMs === null || endMs === null ? undefined : { startMs, endMs } };
}

function partsOf(stored: StoredParts, lessons: readonly TodaysLesson[]): readonly Part[] {
  const [lessonIds, pupilIds, offered, reported, present, valid, invalid, elsewhere] = stored;
  const lessonById = new Map(lessons.map((lesson) => [lesson.id, lesson]));
  return (lessonIds ?? []).flatMap((lessonId, index) => {
    const lesson = lessonById.get(lessonId);
    if (lesson === undefined) return [];
    return {
      lessonId,
      pupilId: valueAt(pupilIds, index),
      startsAt: lesson.startsAt,
      endsAt: lesson.endsAt,
      offeredMinutes: valueAt(offered, index),
      isReported: valueAt(reported, index),
      presentMinutes: valueAt(present, index),
      validMinutes: valueAt(valid, index),
      invalidMinutes: valueAt(invalid, index),
      elsewhereMinutes: valueAt(elsewhere, index),
    };
  });
}

/** Columns are equally long. */
function valueAt<T>(column: readonly T[], index: number): T {
  return column[index] as T;
}

function lessonOf([id, startsAt, endsAt, subject, isReported]: StoredLesson): TodaysLesson {
  return {
    id,
    startsAt: Temporal.Instant.from(startsAt),
    endsAt: Temporal.Instant.from(endsAt),
    subject,
    isReported,
  };
}

function noticeOf([pupilId, kind, startsAt, endsAt]: StoredNotice): PupilNotice {
  return { pupilId, kind, startsAt: Temporal.Instant.from(startsAt), endsAt: Temporal.Instant.from(endsAt) };
}
