import type { Temporal } from 'temporal-polyfill';
import type { Routine } from '../config/routine.ts';
import { routineOn } from '../routine/crossings.ts';
import type { CaseRow } from '../routine/routine-case.ts';
import { levelName } from '../routine/routine-names.ts';
import { compareInRoutine } from '../routine/routine-order.ts';
import type { PupilLevel } from './pupil-list-view.ts';

type Placed = Pick<CaseRow, 'level' | 'routineValidFrom'>;

/** The gravest of a pupil's cases; of two at one level the one that somebody has accepted. */
export function gravest<C extends Placed & Pick<CaseRow, 'state'>>(
  routines: readonly Routine[],
  cases: readonly C[],
): C | undefined {
  const byLevel = compareInRoutine(routines);
  const [first] = cases.toSorted(
    (a, b) =>
      byLevel({ level: a.level }, { level: b.level }) ||
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
