import { Temporal } from 'temporal-polyfill';
import type { School } from '../config/municipality.ts';
import type { Db } from '../storage/database.ts';
import type { RungKind } from './step-ladder.ts';
import { type LineDeps, type StepLine, stepLines } from './step-line.ts';

/** One message that tells of steps: whom, of which, and how they stand now. */
export interface StepMessageView {
  readonly batchId: string;
  readonly schoolId: string;
  readonly schoolName: string;
  readonly rung: RungKind;
  readonly isForCoordinators: boolean;
  /** Those to do first, then by day and name. Protected pupils only where it is for coordinators. */
  readonly steps: readonly ToldLine[];
}

export interface ToldLine extends StepLine {
  /** It has been handed over to somebody else since. */
  readonly isElsewhere: boolean;
}

/** What a message of steps shows now; undefined where there is no such message. */
export async function readStepMessage(
  deps: LineDeps,
  school: School,
  batchId: string,
): Promise<StepMessageView | undefined> {
  const batch = await deps.db
    .selectFrom('stepBatch')
    .select(['id', 'rung', 'staffId', 'address'])
    .where('id', '=', batchId)
    .where('schoolId', '=', school.id)
    .executeTakeFirst();
  if (batch === undefined) return undefined;
  const isForCoordinators = batch.staffId === null && batch.address === null;
  const told = await readTold(deps.db, batchId);
  const steps = await readSteps(deps, [...told.keys()]);
  return {
    batchId,
    schoolId: school.id,
    schoolName: school.name,
    rung: batch.rung,
    isForCoordinators,
    steps: inOrder(school, steps)
      .filter(({ pupil }) => isForCoordinators || pupil.reference === undefined)
      .map((step) => ({ ...step, isElsewhere: !isForCoordinators && isMoved(step, told.get(step.id)) })),
  };
}

/** Steps to do first, then those that are done; each by day, name and step. */
export function inOrder<Line extends StepLine>(school: School, steps: readonly Line[]): readonly Line[] {
  const collator = new Intl.Collator(school.language);
  const rank = ({ state }: StepLine) => (state === 'open' ? 0 : 1);
  return steps.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      Temporal.PlainDate.compare(a.dueDay, b.dueDay) ||
      collator.compare(a.pupil.name ?? '', b.pupil.name ?? '') ||
      (a.id < b.id ? -1 : 1),
  );
}

function isMoved({ state, owner }: StepLine, before: string | null | undefined): boolean {
  return state === 'open' && (owner.staffId ?? owner.address) !== (before ?? undefined);
}

/** Step → whose it was when they were told of it. */
async function readTold(db: Db, batchId: string): Promise<ReadonlyMap<string, string | null>> {
  const rows = await db
    .selectFrom('stepRung')
    .select(['stepId', 'owner'])
    .where('batchId', '=', batchId)
    .execute();
  return new Map(rows.map(({ stepId, owner }) => [stepId, owner]));
}

async function readSteps(deps: LineDeps, ids: readonly string[]): Promise<readonly StepLine[]> {
  const rows = await deps.db
    .selectFrom('routineStep')
    .selectAll()
    .where('id', 'in', ['', ...ids])
    .execute();
  return await stepLines(deps, rows);
}
