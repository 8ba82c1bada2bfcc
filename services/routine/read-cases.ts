import type { Db } from '../storage/database.ts';
import type { CaseRow, StepRow } from './routine-case.ts';

/** A case with steps in the routine's order, follow-ups after what they follow up. */
export interface CaseWithSteps extends CaseRow {
  readonly steps: readonly StepRow[];
}

export interface CasesQuery {
  readonly schoolId: string;
  /** Only cases in these states; proposed and open ones where left out. */
  readonly states?: readonly CaseRow['state'][] | undefined;
  readonly levels?: readonly string[] | undefined;
  readonly pupilIds?: readonly string[] | undefined;
}

/** A school's cases with the steps of their present round, in two statements; by pupil and then as they arose. Ids only: names are resolved last. */
export async function readCases(db: Db, query: CasesQuery): Promise<readonly CaseWithSteps[]> {
  const { schoolId, states = ['proposed', 'open'], levels, pupilIds } = query;
  let wanted = db
    .selectFrom('routineCase')
    .selectAll()
    .where('schoolId', '=', schoolId)
    .where('state', 'in', [...states]);
  if (levels !== undefined) wanted = wanted.where('level', 'in', ['', ...levels]);
  if (pupilIds !== undefined) wanted = wanted.where('pupilId', 'in', ['', ...pupilIds]);
  const cases = await wanted.orderBy('pupilId').orderBy('proposedAt').orderBy('level').execute();
  const steps = await stepsOf(
    db,
    cases.map(({ id }) => id),
  );
  return cases.map((found) => ({
    ...found,
    steps: (steps.get(found.id) ?? []).filter(({ round }) => round === found.round),
  }));
}

async function stepsOf(db: Db, caseIds: readonly string[]): Promise<ReadonlyMap<string, readonly StepRow[]>> {
  const rows = await db
    .selectFrom('routineStep')
    .selectAll()
    .where('caseId', 'in', ['', ...caseIds])
    .orderBy('place')
    .orderBy('isFollowUp')
    .execute();
  const byCase = new Map<string, StepRow[]>();
  for (const row of rows) {
    const own = byCase.get(row.caseId);
    if (own === undefined) byCase.set(row.caseId, [row]);
    else own.push(row);
  }
  return byCase;
}

/** A pupil's cases and everything that was ever done about them, of every round and school; the newest case first. */
export async function readPupilCases(db: Db, pupilId: string): Promise<readonly CaseWithSteps[]> {
  const cases = await db
    .selectFrom('routineCase')
    .selectAll()
    .where('pupilId', '=', pupilId)
    .orderBy('proposedAt', 'desc')
    .orderBy('level')
    .execute();
  const steps = await stepsOf(
    db,
    cases.map(({ id }) => id),
  );
  return cases.map((found) => ({ ...found, steps: steps.get(found.id) ?? [] }));
}
