import type { Routine } from '../config/routine.ts';

/** Where a level stands; of a step where it stands in its level. */
export interface InRoutine {
  readonly level: string;
  readonly key?: string | undefined;
  readonly isFollowUp?: boolean | undefined;
}

/**
 * Orders by the last routine that knows a level: the gravest level first, and in it the steps as they are to be done, each
 * followed by its follow-up. What no routine knows any more comes last.
 */
export function compareInRoutine(routines: readonly Routine[]): (a: InRoutine, b: InRoutine) => number {
  const levels = routines.flatMap((routine) => routine.levels);
  const rankOf = ({ level }: InRoutine) => levels.findLastIndex(({ key }) => key === level);
  const placeOf = ({ level, key }: InRoutine) => {
    const place = levels[rankOf({ level })]?.steps.findIndex((step) => step.key === key) ?? -1;
    return place < 0 ? Number.POSITIVE_INFINITY : place;
  };
  return (a, b) =>
    rankOf(b) - rankOf(a) ||
    compare(a.level, b.level) ||
    Math.sign(placeOf(a) - placeOf(b)) ||
    compare(a.key ?? '', b.key ?? '') ||
    Number(a.isFollowUp ?? false) - Number(b.isFollowUp ?? false);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
