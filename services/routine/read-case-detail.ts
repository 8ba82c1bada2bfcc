import type { Temporal } from 'temporal-polyfill';
import type { Municipality, School } from '../config/municipality.ts';
import { openedStep } from './case-steps.ts';
import type { CaseLine } from './cases-view.ts';
import { readOwners } from './owners.ts';
import { caseLines } from './read-cases-view.ts';
import type { CaseRow } from './routine-case.ts';
import { type LineDeps, type StepLine, stepLines } from './step-line.ts';

/** One case, for whoever judges it. */
export interface CaseDetail extends CaseLine {
  readonly row: CaseRow;
  /** Of the present round; where it is proposed as they would be if it were accepted today. */
  readonly steps: readonly StepLine[];
}

/** Undefined where there is no such case at the school. */
export async function readCaseDetail(
  deps: LineDeps & { readonly municipality: Pick<Municipality, 'roles'> },
  school: School,
  caseId: string,
  day: Temporal.PlainDate,
): Promise<CaseDetail | undefined> {
  const row = await deps.db
    .selectFrom('routineCase')
    .selectAll()
    .where('id', '=', caseId)
    .where('schoolId', '=', school.id)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const [line] = await caseLines(deps, [row]);
  const steps = await deps.db
    .selectFrom('routineStep')
    .selectAll()
    .where('caseId', '=', caseId)
    .where('round', '=', row.round)
    .orderBy('place')
    .orderBy('isFollowUp')
    .execute();
  const ownerOf = await readOwners(deps, school, day);
  const foreseen = steps.map((step) =>
    step.state === 'proposed' ? { ...step, ...openedStep(step, { day, school, ownerOf }) } : step,
  );
  return line === undefined ? undefined : { ...line, row, steps: await stepLines(deps, foreseen) };
}
