import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { batches } from '../storage/batches.ts';
import type { Db } from '../storage/database.ts';
import type { SourceLesson, SourceNotice } from './attendance-source.ts';

/**
 * Stores the notices of a day and takes away those that were withdrawn: stored, over some time between the day's first and
 * last lesson, and not given any more. A notice outside the lessons explains nothing, so that one is left to the day it
 * belongs to; and no time zone has to say when a day begins.
 */
export async function replaceNotices(
  db: Db,
  schoolId: string,
  lessons: readonly SourceLesson[],
  notices: readonly SourceNotice[],
): Promise<void> {
  await dropWithdrawn(db, schoolId, lessons, notices);
  for (const batch of batches(notices)) await upsertNotices(db, schoolId, batch);
}

async function dropWithdrawn(
  db: Db,
  schoolId: string,
  lessons: readonly SourceLesson[],
  notices: readonly SourceNotice[],
): Promise<void> {
  const { compare } = Temporal.Instant;
  const firstStart = lessons.map(({ startsAt }) => startsAt).toSorted(compare)[0];
  const lastEnd = lessons
    .map(({ endsAt }) => endsAt)
    .toSorted(compare)
    .at(-1);
  if (firstStart === undefined || lastEnd === undefined) return;
  const given = notices.map((notice) => notice.id);
  await sql`
    delete from absence_notice
    where school_id = ${schoolId} and starts_at < ${lastEnd}::timestamptz and ends_at > ${firstStart}::timestamptz
      and id <> all(${given}::text[])`.execute(db);
}

async function upsertNotices(db: Db, schoolId: string, notices: readonly SourceNotice[]): Promise<void> {
  await sql`
    insert into absence_notice (id, pupil_id, school_id, kind, starts_at, ends_at)
    select x.id, x."pupilId", ${schoolId}::text, x.kind, x."startsAt", x."endsAt"
    from json_to_recordset(${JSON.stringify(notices)}::json) as x
      (id text, "pupilId" text, kind text, "startsAt" timestamptz, "endsAt" timestamptz)
    on conflict (id) do update set
      pupil_id = excluded.pupil_id, school_id = excluded.school_id, kind = excluded.kind,
      starts_at = excluded.starts_at, ends_at = excluded.ends_at
    where (absence_notice.pupil_id, absence_notice.school_id, absence_notice.kind, absence_notice.starts_at,
        absence_notice.ends_at)
      is distinct from (excluded.pupil_id, excluded.school_id, excluded.kind, excluded.starts_at, excluded.ends_at)`.execute(
    db,
  );
}
