import type { Temporal } from 'temporal-polyfill';
import type { Routine } from '../config/routine.ts';
import { routineOn } from '../routine/crossings.ts';
import type { CaseRow } from '../routine/routine-case.ts';
import { levelName } from '../routine/routine-names.ts';
import type { PupilLevel } from './pupil-list-view.ts';

type Placed = Pick<CaseRow, 'level' | 'routineValidFrom'>;

/** How grave the level of a case is, by the routine in force; by its own where that one knows it no more. */
export function levelRank(routines: readonly Routine[], day: Temporal.PlainDate, found: Placed): number {
  const own = routines.find(({ validFrom }) => validFrom === found.routineValidFrom.toString());
  return (
    Math.max(placeIn(routineOn(routines, day), found.level), 0) || Math.max(placeIn(own, found.level), 0)
  );
}

function placeIn(routine: Routine | undefined, level: string): number {
  return routine?.levels.findIndex(({ key }) => key === level) ?? -1;
}

/** The gravest of a pupil's cases; of two at one level the one that somebody has accepted. */
export function gravest<C extends Placed & Pick<CaseRow, 'state'>>(
  routines: readonly Routine[],
  day: Temporal.PlainDate,
  cases: readonly C[],
): C | undefined {
  const [first] = cases.toSorted(
    (a, b) =>
      levelRank(routines, day, b) - levelRank(routines, day, a) ||
      Number(b.state === 'open') - Number(a.state === 'open'),
  );
  return first;
}

/** Every level that there is to choose: those of the routine in force and those of the cases, the gravest first. */
export function levelsOf(
  routines: readonly Routine[],
  day: Temporal.PlainDate,
  cases: readonly Placed[],
): readonly PupilLevel[] {
  const inForce = routineOn(routines, day)?.levels.toReversed() ?? [];
  const names = new Map(inForce.map(({ key, name }) => [key, name]));
  for (const one of cases) if (!names.has(one.level)) names.set(one.level, levelName(routines, one));
  return [...names].map(([key, name]) => ({ key, name }));
}
