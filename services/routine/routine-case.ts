import type { Selectable } from 'kysely';
import type { RoutineCaseTable, RoutineStepTable } from '../storage/tables/routine.ts';

export type CaseRow = Readonly<Selectable<RoutineCaseTable>>;
export type StepRow = Readonly<Selectable<RoutineStepTable>>;

/** Why a case was closed, and what was still to be done with it; none of them for people to choose. */
export const closingReasons = ['caseClosed', 'leftSchool'] as const;
export type ClosingReason = (typeof closingReasons)[number];

/** Whether somebody still has to do something about it. */
export function isActive({ state }: Pick<CaseRow, 'state'>): boolean {
  return state === 'proposed' || state === 'open';
}
