import { type RawBuilder, sql } from 'kysely';
import { markStale } from '../posts/post-store.ts';
import type { Db } from '../storage/database.ts';

/** A message that tells somebody of steps that are theirs to do; `subject` is the id of its batch. */
export const STEPS = 'steps';

/** Messages that tell of a case's steps follow its change, for whoever waits. Answers how many there are. */
export async function markStepsStale(db: Db, caseId: string): Promise<number> {
  return await mark(db, sql`select batch_id from step_rung where case_id = ${caseId}`);
}

/** Messages that may name these pupils. Answers how many there are. */
export async function markStepsOfPupilsStale(db: Db, pupilIds: readonly string[]): Promise<number> {
  if (pupilIds.length === 0) return 0;
  return await mark(
    db,
    sql`select step_rung.batch_id from step_rung join routine_case on routine_case.id = step_rung.case_id
      where routine_case.pupil_id = any(${[...pupilIds]}::text[])`,
  );
}

async function mark(db: Db, batchIds: RawBuilder<unknown>): Promise<number> {
  // Locked in the same order by everybody, so that two who change cases of one message do not wait for each other in a ring.
  const { rows } = await sql<{ subject: string }>`
    select subject from post where purpose = ${STEPS} and subject in (${batchIds}) order by id for update`.execute(
    db,
  );
  const subjects = rows.map(({ subject }) => subject);
  await markStale(db, { purpose: STEPS, subjects }, { isUrgent: true });
  return subjects.length;
}
