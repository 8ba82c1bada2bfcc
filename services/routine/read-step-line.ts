import type { Temporal } from 'temporal-polyfill';
import type { School } from '../config/municipality.ts';
import type { Db } from '../storage/database.ts';
import { type LineDeps, type StepLine, stepLines } from './step-line.ts';

/** One step that people are or were asked to do; undefined where there is none at the school. */
export async function readStepLine(
  deps: LineDeps,
  school: Pick<School, 'id'>,
  stepId: string,
): Promise<StepLine | undefined> {
  const row = await deps.db
    .selectFrom('routineStep')
    .selectAll()
    .where('id', '=', stepId)
    .where('schoolId', '=', school.id)
    .where('state', '<>', 'proposed')
    .executeTakeFirst();
  return row === undefined ? undefined : (await stepLines(deps, [row]))[0];
}

/** The day on which the limit was crossed that a step arose from: nothing was done for it before. */
export async function readCrossedDay(
  db: Db,
  { caseId }: Pick<StepLine, 'caseId'>,
): Promise<Temporal.PlainDate> {
  const { crossedDay } = await db
    .selectFrom('routineCase')
    .select('crossedDay')
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
  return crossedDay;
}
