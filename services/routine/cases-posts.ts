import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import { wantForCoordinators } from '../posts/coordinator-posts.ts';
import { markStale } from '../posts/post-store.ts';
import type { Db } from '../storage/database.ts';

/** The cases of a school that wait for its coordinator; `subject` is school and day. */
export const CASES = 'cases';

export function casesSubject(schoolId: string, day: Temporal.PlainDate): string {
  return `${schoolId}/${day}`;
}

/** Wants the day's card of waiting cases in the coordinator's channels; the day before's shrinks to a line. */
export async function wantCases(
  db: Db,
  { schoolId, day }: { readonly schoolId: string; readonly day: Temporal.PlainDate },
  at: Temporal.Instant,
): Promise<void> {
  const before = await latestSubjects(db, schoolId);
  await wantForCoordinators(db, { purpose: CASES, subject: casesSubject(schoolId, day), schoolId, day }, at);
  await markStale(db, { purpose: CASES, subjects: before }, { isUrgent: false });
}

/** The latest card of a school's waiting cases follows its change, for whoever waits. Answers how many there are. */
export async function markCasesStale(db: Db, schoolId: string): Promise<number> {
  const subjects = await latestSubjects(db, schoolId);
  await markStale(db, { purpose: CASES, subjects }, { isUrgent: true });
  return subjects.length;
}

/** The same at every school where one of these pupils has a case. */
export async function markCasesOfPupilsStale(db: Db, pupilIds: readonly string[]): Promise<number> {
  const schools = await db
    .selectFrom('routineCase')
    .select('schoolId')
    .distinct()
    .where('pupilId', 'in', ['', ...pupilIds])
    .orderBy('schoolId')
    .execute();
  let marked = 0;
  for (const { schoolId } of schools) marked += await markCasesStale(db, schoolId);
  return marked;
}

/** Earlier cards only point to the latest: nothing that changes is on them. */
async function latestSubjects(db: Db, schoolId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ subject: string }>`
    select subject from post
    where purpose = ${CASES} and school_id = ${schoolId}
    order by day desc limit 1`.execute(db);
  return rows.map(({ subject }) => subject);
}
