import type { Selectable } from 'kysely';
import type { RoutineCaseTable, RoutineStepTable } from '../storage/tables/routine.ts';

export type CaseRow = Readonly<Selectable<RoutineCaseTable>>;
export type StepRow = Readonly<Selectable<RoutineStepTable>>;

/** Whether somebody still has to do something about it. */
export function isActive({ state }: Pick<CaseRow, 'state'>): boolean {
  return state === 'proposed' || state === 'open';
}
