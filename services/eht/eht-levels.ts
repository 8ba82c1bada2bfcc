import type { ChecklistPoint, EhtDecision, Routine, RoutineLevel } from '../config/routine.ts';
import type { CaseRow } from '../routine/routine-case.ts';
import { levelOf } from '../routine/routine-names.ts';

/** Whether pupils at a level stand on EHT's list: as the routine says, otherwise where it asks EHT for something. */
export function isEhtLevel({ eht, steps }: Pick<RoutineLevel, 'eht' | 'steps'>): boolean {
  return eht ?? steps.some(({ kind, role }) => kind === 'ehtMeeting' || role === 'ehtMember');
}

/** Whether a case puts its pupil on EHT's list. */
export function isEhtCase(routines: readonly Routine[], found: CaseRow): boolean {
  const level = levelOf(routines, found);
  return level !== undefined && isEhtLevel(level);
}

/** The points of the checklist that a pupil at these levels has. */
export function pointsFor(
  routine: Routine | undefined,
  levels: readonly string[],
): readonly ChecklistPoint[] {
  return (routine?.eht?.checklist ?? []).filter(
    (point) => point.levels === undefined || point.levels.some((level) => levels.includes(level)),
  );
}

/** What people call a decision; its key where the routine that it comes from is gone. */
export function decisionName(
  routines: readonly Routine[],
  { routineValidFrom, key }: { readonly routineValidFrom: { toString(): string }; readonly key: string },
): string {
  const found: EhtDecision | undefined = routines
    .find(({ validFrom }) => validFrom === routineValidFrom.toString())
    ?.eht?.decisions.find((one) => one.key === key);
  return found?.name ?? key;
}

/**
 * When the course began that a pupil is in, of cases that overlap: what was ticked before it was about another time. Undefined
 * where no case is open.
 */
export function courseStart(cases: readonly Pick<CaseRow, 'state' | 'acceptedAt' | 'endedAt'>[]) {
  const ms = (at: { readonly epochMilliseconds: number } | null) => at?.epochMilliseconds;
  const open = cases.flatMap(({ state, acceptedAt }) => (state === 'open' ? (ms(acceptedAt) ?? []) : []));
  if (open.length === 0) return undefined;
  let start = Math.min(...open);
  // Each time an earlier one is found that reaches into the course, it may be reached by one that is earlier still.
  for (let round = 0; round < cases.length; round += 1) {
    for (const { acceptedAt, endedAt } of cases) {
      const [began, ended] = [ms(acceptedAt), ms(endedAt)];
      if (began !== undefined && began < start && (ended ?? start) >= start) start = began;
    }
  }
  return start;
}
