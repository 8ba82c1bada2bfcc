import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import { batches } from '../storage/batches.ts';
import type { Db } from '../storage/database.ts';
import { instantText } from '../storage/temporal-values.ts';
import type { SourceLesson } from './attendance-source.ts';
import type { PupilDay } from './day-sums.ts';
import type { PupilPart } from './expected-pupils.ts';

export interface SchoolDay {
  readonly schoolId: string;
  readonly day: Temporal.PlainDate;
}

export interface StoredLessons {
  readonly written: number;
  readonly removed: number;
  /** Pupils' days whose sums are to be built again. */
  readonly touched: readonly PupilDay[];
}

/** Makes `lessons` and `parts` the school's day. A row that is as given is not written. */
export async function storeLessons(
  db: Db,
  school: SchoolDay,
  lessons: readonly SourceLesson[],
  parts: readonly PupilPart[],
): Promise<StoredLessons> {
  const lessonIds = lessons.map((lesson) => lesson.id);
  const moved = await clearMovedLessons(db, school, lessonIds);
  const removed = await removeParts(db, school, parts);
  await removeLessons(db, school, lessonIds);
  for (const batch of batches(lessons)) await upsertLessons(db, school, batch);
  let written = 0;
  for (const batch of batches(parts)) written += await upsertParts(db, school, batch);
  const pupilIds = new Set([...parts, ...removed].map((part) => part.pupilId));
  const day = school.day.toString();
  const touched = [...moved, ...Array.from(pupilIds, (pupilId) => ({ pupilId, day }))];
  return { written, removed: removed.length, touched };
}

/** A lesson that has come from another day or school leaves its parts there, and takes new ones. */
async function clearMovedLessons(
  db: Db,
  { schoolId, day }: SchoolDay,
  lessonIds: readonly string[],
): Promise<readonly PupilDay[]> {
  const moved = await sql<{ id: string }>`
    select id from lesson
    where id = any(${lessonIds}::text[]) and (school_id <> ${schoolId} or day <> ${day})`.execute(db);
  if (moved.rows.length === 0) return [];
  const cleared = await sql<PupilDay>`
    delete from pupil_lesson where lesson_id = any(${moved.rows.map(({ id }) => id)}::text[])
    returning pupil_id, day::text as day`.execute(db);
  return cleared.rows;
}

/** Takes away what the day had and is not given. By school and day, which an index finds: lessons' ids it would scan for. */
async function removeParts(
  db: Db,
  { schoolId, day }: SchoolDay,
  parts: readonly PupilPart[],
): Promise<readonly { readonly pupilId: string }[]> {
  // A day's first reading has nothing to take away, and what is given is a long list.
  const stored =
    await sql`select from pupil_lesson where school_id = ${schoolId} and day = ${day} limit 1`.execute(db);
  if (stored.rows.length === 0) return [];
  const given = JSON.stringify(parts.map(({ lessonId, pupilId }) => ({ lessonId, pupilId })));
  const removed = await sql<{ pupilId: string }>`
    delete from pupil_lesson
    where school_id = ${schoolId} and day = ${day} and (lesson_id, pupil_id) not in (
      select x."lessonId", x."pupilId"
      from json_to_recordset(${given}::json) as x ("lessonId" text, "pupilId" text))
    returning pupil_id`.execute(db);
  return removed.rows;
}

async function removeLessons(
  db: Db,
  { schoolId, day }: SchoolDay,
  lessonIds: readonly string[],
): Promise<void> {
  await sql`
    delete from lesson
    where school_id = ${schoolId} and day = ${day} and id <> all(${lessonIds}::text[])`.execute(db);
}

async function upsertLessons(
  db: Db,
  { schoolId, day }: SchoolDay,
  lessons: readonly SourceLesson[],
): Promise<void> {
  const rows = lessons.map(({ id, startsAt, endsAt, subject, room }) => ({
    id,
    startsAt: instantText(startsAt),
    endsAt: instantText(endsAt),
    subject,
    room,
  }));
  await sql`
    insert into lesson (id, school_id, day, starts_at, ends_at, subject, room)
    select x.id, ${schoolId}::text, ${day}::date, x."startsAt", x."endsAt", x.subject, x.room
    from json_to_recordset(${JSON.stringify(rows)}::json) as x
      (id text, "startsAt" timestamptz, "endsAt" timestamptz, subject text, room text)
    on conflict (id) do update set
      school_id = excluded.school_id, day = excluded.day, starts_at = excluded.starts_at, ends_at = excluded.ends_at,
      subject = excluded.subject, room = excluded.room
    where (lesson.school_id, lesson.day, lesson.starts_at, lesson.ends_at, lesson.subject, lesson.room)
      is distinct from (excluded.school_id, excluded.day, excluded.starts_at, excluded.ends_at, excluded.subject,
        excluded.room)`.execute(db);
}

async function upsertParts(
  db: Db,
  { schoolId, day }: SchoolDay,
  parts: readonly PupilPart[],
): Promise<number> {
  const stored = await sql`
    insert into pupil_lesson (lesson_id, pupil_id, school_id, day, offered_minutes, is_reported, present_minutes,
      valid_minutes, invalid_minutes, elsewhere_minutes)
    select x."lessonId", x."pupilId", ${schoolId}::text, ${day}::date, x."offeredMinutes", x."isReported", x."presentMinutes",
      x."validMinutes", x."invalidMinutes", x."elsewhereMinutes"
    from json_to_recordset(${JSON.stringify(parts)}::json) as x ("lessonId" text, "pupilId" text, "offeredMinutes" int,
      "isReported" boolean, "presentMinutes" int, "validMinutes" int, "invalidMinutes" int, "elsewhereMinutes" int)
    on conflict (lesson_id, pupil_id) do update set
      school_id = excluded.school_id, day = excluded.day, offered_minutes = excluded.offered_minutes,
      is_reported = excluded.is_reported, present_minutes = excluded.present_minutes,
      valid_minutes = excluded.valid_minutes, invalid_minutes = excluded.invalid_minutes,
      elsewhere_minutes = excluded.elsewhere_minutes
    where (pupil_lesson.school_id, pupil_lesson.day, pupil_lesson.offered_minutes, pupil_lesson.is_reported,
        pupil_lesson.present_minutes, pupil_lesson.valid_minutes, pupil_lesson.invalid_minutes,
        pupil_lesson.elsewhere_minutes)
      is distinct from (excluded.school_id, excluded.day, excluded.offered_minutes, excluded.is_reported,
        excluded.present_minutes, excluded.valid_minutes, excluded.invalid_minutes, excluded.elsewhere_minutes)`.execute(
    db,
  );
  return Number(stored.numAffectedRows ?? 0);
}
