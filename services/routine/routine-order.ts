import type { Routine } from '../config/routine.ts';

/** Where a level stands; of a step where it stands in its level. */
export interface InRoutine {
  readonly level: string;
  readonly key?: string | undefined;
  readonly isFollowUp?: boolean | undefined;
}

/** How grave a level is: its place from the mildest in the last routine that knows it; -1 where none does any more. */
export function gravity(routines: readonly Routine[], level: string): number {
  return lastWith(routines, level)?.levels.findIndex(({ key }) => key === level) ?? -1;
}

/**
 * Orders levels, the gravest first, and in each its steps as they are to be done, followed by their follow-ups. What no routine
 * knows any more comes last.
 */
export function compareInRoutine(routines: readonly Routine[]): (a: InRoutine, b: InRoutine) => number {
  const placeOf = ({ level, key }: InRoutine) => {
    const steps = lastWith(routines, level)?.levels.find((one) => one.key === level)?.steps ?? [];
    const place = steps.findIndex((step) => step.key === key);
    return place < 0 ? steps.length : place;
  };
  return (a, b) =>
    gravity(routines, b.level) - gravity(routines, a.level) ||
    compare(a.level, b.level) ||
    placeOf(a) - placeOf(b) ||
    compare(a.key ?? '', b.key ?? '') ||
    Number(a.isFollowUp ?? false) - Number(b.isFollowUp ?? false);
}

function lastWith(routines: readonly Routine[], level: string): Routine | undefined {
  return routines.findLast(({ levels }) => levels.some(({ key }) => key === level));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
