import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import { batches } from '../storage/batches.ts';
import type { Db } from '../storage/database.ts';
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
  const before = await pupilDaysBefore(db, school, lessonIds);
  const dropped = await dropOtherLessons(db, school, lessonIds);
  for (const batch of batches(lessons)) await upsertLessons(db, school, batch);
  const { written, removed } = await replaceParts(db, school, lessonIds, parts);
  const day = school.day.toString();
  const now = [...new Set(parts.map((part) => part.pupilId))].map((pupilId) => ({ pupilId, day }));
  return { written, removed: dropped + removed, touched: [...before, ...now] };
}

/** Who had a part in the day, or in a lesson that has moved here from another day. */
async function pupilDaysBefore(
  db: Db,
  { schoolId, day }: SchoolDay,
  lessonIds: readonly string[],
): Promise<readonly PupilDay[]> {
  const { rows } = await sql<PupilDay>`
    select pupil_id, day::text as day from pupil_lesson where school_id = ${schoolId} and day = ${day}
    union
    select pupil_id, day::text as day from pupil_lesson where lesson_id in (${idsIn(lessonIds)})`.execute(db);
  return rows;
}

/** Answers how many pupils' parts went with them. */
async function dropOtherLessons(
  db: Db,
  { schoolId, day }: SchoolDay,
  lessonIds: readonly string[],
): Promise<number> {
  const isOther = sql`school_id = ${schoolId} and day = ${day}`;
  const parts = await sql`
    delete from pupil_lesson where ${isOther} and lesson_id not in (${idsIn(lessonIds)})`.execute(db);
  await sql`delete from lesson where ${isOther} and id not in (${idsIn(lessonIds)})`.execute(db);
  return Number(parts.numAffectedRows ?? 0);
}

async function upsertLessons(
  db: Db,
  { schoolId, day }: SchoolDay,
  lessons: readonly SourceLesson[],
): Promise<void> {
  const rows = lessons.map(({ id, startsAt, endsAt, subject }) => ({ id, startsAt, endsAt, subject }));
  await sql`
    insert into lesson (id, school_id, day, starts_at, ends_at, subject)
    select x.id, ${schoolId}::text, ${day}::date, x."startsAt", x."endsAt", x.subject
    from json_to_recordset(${JSON.stringify(rows)}::json) as x
      (id text, "startsAt" timestamptz, "endsAt" timestamptz, subject text)
    on conflict (id) do update set
      school_id = excluded.school_id, day = excluded.day, starts_at = excluded.starts_at, ends_at = excluded.ends_at,
      subject = excluded.subject
    where (lesson.school_id, lesson.day, lesson.starts_at, lesson.ends_at, lesson.subject)
      is distinct from (excluded.school_id, excluded.day, excluded.starts_at, excluded.ends_at, excluded.subject)`.execute(
    db,
  );
}

async function replaceParts(
  db: Db,
  school: SchoolDay,
  lessonIds: readonly string[],
  parts: readonly PupilPart[],
): Promise<{ readonly written: number; readonly removed: number }> {
  const byLesson = new Map(lessonIds.map((id): [string, PupilPart[]] => [id, []]));
  for (const part of parts) byLesson.get(part.lessonId)?.push(part);
  let written = 0;
  let removed = 0;
  for (const batch of batches(byLesson, undefined, ([, ofLesson]) => ofLesson.length)) {
    const ids = batch.map(([id]) => id);
    const rows = JSON.stringify(batch.flatMap(([, ofLesson]) => ofLesson));
    removed += await removeParts(db, ids, rows);
    written += await upsertParts(db, school, rows);
  }
  return { written, removed };
}

async function removeParts(db: Db, lessonIds: readonly string[], rows: string): Promise<number> {
  const gone = await sql`
    delete from pupil_lesson as part
    where part.lesson_id in (${idsIn(lessonIds)}) and not exists (
      select from json_to_recordset(${rows}::json) as x ("lessonId" text, "pupilId" text)
      where x."lessonId" = part.lesson_id and x."pupilId" = part.pupil_id)`.execute(db);
  return Number(gone.numAffectedRows ?? 0);
}

async function upsertParts(db: Db, { schoolId, day }: SchoolDay, rows: string): Promise<number> {
  const stored = await sql`
    insert into pupil_lesson (lesson_id, pupil_id, school_id, day, offered_minutes, is_reported, present_minutes,
      valid_minutes, invalid_minutes, elsewhere_minutes)
    select x."lessonId", x."pupilId", ${schoolId}::text, ${day}::date, x."offeredMinutes", x."isReported", x."presentMinutes",
      x."validMinutes", x."invalidMinutes", x."elsewhereMinutes"
    from json_to_recordset(${rows}::json) as x ("lessonId" text, "pupilId" text, "offeredMinutes" int,
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

function idsIn(ids: readonly string[]) {
  return sql`select json_array_elements_text(${JSON.stringify(ids)}::json)`;
}
