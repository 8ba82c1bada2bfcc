import type { School } from '../config/municipality.ts';
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
