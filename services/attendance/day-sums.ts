import { sql } from 'kysely';
import { batches } from '../storage/batches.ts';
import type { Db } from '../storage/database.ts';

/** `day` as ISO text. */
export interface PupilDay {
  readonly pupilId: string;
  readonly day: string;
}

/**
 * Builds pupils' day sums again, whole, from their lessons at every school. A day that offers nothing has no sum. The sum
 * belongs to the pupil's own school, or to that of the lessons while the roster does not know the pupil. What an outcome is,
 * `lessonOutcome` says; this is the same in SQL.
 */
export async function rebuildDaySums(db: Db, pupilDays: readonly PupilDay[]): Promise<void> {
  for (const batch of batches(pupilDays)) await rebuild(db, batch);
}

async function rebuild(db: Db, pupilDays: readonly PupilDay[]): Promise<void> {
  await sql`
    with touched as (
      select distinct x."pupilId" as pupil_id, x.day
      from json_to_recordset(${JSON.stringify(pupilDays)}::json) as x ("pupilId" text, day date)
    ), part as (
      select p.*,
        case when is_reported then present_minutes + elsewhere_minutes else 0 end as here,
        case when is_reported then valid_minutes else 0 end as valid,
        case when is_reported then invalid_minutes else 0 end as invalid
      from pupil_lesson as p join touched using (pupil_id, day)
      where offered_minutes > 0
    ), summed as materialized (
      select pupil_id, day, min(school_id) as school_id, sum(offered_minutes) as offered,
        sum(here + valid + invalid) as reported, sum(valid) as valid, sum(invalid) as invalid, count(*) as lessons,
        count(*) filter (where is_reported) as lessons_reported,
        count(*) filter (where here = 0 and valid + invalid > 0) as lessons_missed,
        count(*) filter (where here > 0 and invalid > 0) as late_arrivals,
        count(*) filter (where here = 0 and invalid > 0) as invalid_lessons
      from part group by pupil_id, day
    ), emptied as (
      delete from day_sum as kept using touched left join summed using (pupil_id, day)
      where summed.pupil_id is null and kept.pupil_id = touched.pupil_id and kept.day = touched.day
    )
    insert into day_sum (pupil_id, day, school_id, offered_minutes, reported_minutes, valid_minutes, invalid_minutes,
      lessons, lessons_reported, lessons_missed, late_arrivals, invalid_lessons)
    select pupil_id, day, coalesce(pupil.school_id, summed.school_id), offered, reported, valid, invalid, lessons,
      lessons_reported, lessons_missed, late_arrivals, invalid_lessons
    from summed left join pupil on pupil.id = summed.pupil_id
    on conflict (pupil_id, day) do update set
      school_id = excluded.school_id, offered_minutes = excluded.offered_minutes,
      reported_minutes = excluded.reported_minutes, valid_minutes = excluded.valid_minutes,
      invalid_minutes = excluded.invalid_minutes, lessons = excluded.lessons,
      lessons_reported = excluded.lessons_reported, lessons_missed = excluded.lessons_missed,
      late_arrivals = excluded.late_arrivals, invalid_lessons = excluded.invalid_lessons
    where (day_sum.school_id, day_sum.offered_minutes, day_sum.reported_minutes, day_sum.valid_minutes,
        day_sum.invalid_minutes, day_sum.lessons, day_sum.lessons_reported, day_sum.lessons_missed,
        day_sum.late_arrivals, day_sum.invalid_lessons)
      is distinct from (excluded.school_id, excluded.offered_minutes, excluded.reported_minutes, excluded.valid_minutes,
        excluded.invalid_minutes, excluded.lessons, excluded.lessons_reported, excluded.lessons_missed,
        excluded.late_arrivals, excluded.invalid_lessons)`.execute(db);
}
