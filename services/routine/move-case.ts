import type { StepRole } from '../config/routine.ts';
import type { Db } from '../storage/database.ts';
import { ownerColumns, type StepMaking } from './case-steps.ts';
import type { CaseRow } from './routine-case.ts';
import { writeCase, writeStep } from './write-case.ts';

/** Takes a locked case along to the school that its pupil has come to: what is left to do is somebody's there. */
export async function moveCase(
  trx: Db,
  caseId: string,
  making: Pick<StepMaking, 'ownerOf'> & { readonly school: { readonly id: string } },
): Promise<CaseRow> {
  const found = await trx
    .selectFrom('routineCase')
    .selectAll()
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
  const schoolId = making.school.id;
  const steps = await trx
    .selectFrom('routineStep')
    .selectAll()
    .where('caseId', '=', caseId)
    .where('state', 'in', ['proposed', 'open'])
    .execute();
  for (const step of steps) {
    const owner = ownerColumns(making.ownerOf, step.pupilId, step.role as StepRole);
    await writeStep(trx, step, { schoolId, givenVersion: step.version + 1, ...owner });
  }
  return await writeCase(trx, found, { schoolId });
}
