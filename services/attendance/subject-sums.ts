import { sql } from 'kysely';
import type { Db } from '../storage/database.ts';
import type { Sums } from './rate.ts';
import type { DaySpan } from './windows.ts';

/** A pupil's minutes in one subject. */
export interface SubjectSums extends Sums {
  readonly pupilId: string;
  readonly subject: string;
  /** Lessons offered. */
  readonly lessons: number;
}

export interface SubjectQuery {
  readonly schoolId: string;
  readonly span: DaySpan;
  /** Only these pupils. */
  readonly pupilIds?: readonly string[] | undefined;
}

/**
 * Sums per pupil and subject, of subjects in which there was some absence; of pupils who are at the school and have not left.
 * Read from the lessons themselves, which are kept for this term and the one before.
 */
export async function readSubjectSums(
  db: Db,
  { schoolId, span, pupilIds }: SubjectQuery,
): Promise<readonly SubjectSums[]> {
  const whom = pupilIds === undefined ? sql`true` : sql`pupil.id = any(${pupilIds}::text[])`;
  const { rows } = await sql<SubjectSums>`
    select part.pupil_id, lesson.subject, count(*)::int as lessons, sum(part.offered_minutes)::int as offered_minutes,
      sum(part.valid_minutes)::int as valid_minutes, sum(part.invalid_minutes)::int as invalid_minutes,
      sum(part.present_minutes + part.elsewhere_minutes + part.valid_minutes + part.invalid_minutes)::int as reported_minutes
    from pupil join pupil_lesson as part on part.pupil_id = pupil.id join lesson on lesson.id = part.lesson_id
    where pupil.school_id = ${schoolId} and pupil.removed_at is null and ${whom}
      and part.day between ${span.firstDay} and ${span.lastDay} and part.offered_minutes > 0
    group by part.pupil_id, lesson.subject
    having sum(part.valid_minutes + part.invalid_minutes) > 0
    order by part.pupil_id, lesson.subject`.execute(db);
  return rows;
}
