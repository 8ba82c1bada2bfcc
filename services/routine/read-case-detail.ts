import type { Temporal } from 'temporal-polyfill';
import type { Municipality, School } from '../config/municipality.ts';
import { openedStep } from './case-steps.ts';
import type { CaseLine } from './cases-view.ts';
import { type Crossing, measure, routineOn } from './crossings.ts';
import { readOwners } from './owners.ts';
import { caseLines } from './read-cases-view.ts';
import { readFacts } from './read-facts.ts';
import type { CaseRow } from './routine-case.ts';
import { type LineDeps, type StepLine, stepLines } from './step-line.ts';

/** One case, for whoever judges it. */
export interface CaseDetail extends CaseLine {
  readonly row: CaseRow;
  /** The same measure as the data say now, above the limit or not; undefined where the routine in force does not ask for it. */
  readonly now: Crossing | undefined;
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
  if (line === undefined) return undefined;
  const now = await readNow(deps, school, line, day);
  return { ...line, row, now, steps: await stepLines(deps, foreseen) };
}

async function readNow(
  { db, routines }: LineDeps,
  school: School,
  { pupilId, crossing }: CaseLine,
  day: Temporal.PlainDate,
): Promise<Crossing | undefined> {
  const routine = routineOn(routines, day);
  if (routine === undefined) return undefined;
  const [facts] = await readFacts(db, { school, day, routine, pupilIds: [pupilId] });
  const found = facts && measure({ ...crossing, over: ANYTHING }, facts);
  return (
    found && {
      level: crossing.level,
      metric: crossing.metric,
      window: crossing.window,
      over: crossing.over,
      ...found,
    }
  );
}

/** A limit that whatever there is to measure is above. */
const ANYTHING = -1;
