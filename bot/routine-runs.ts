import { showEht } from '../services/eht/eht-change.ts';
import type { Jobs } from '../services/jobs/jobs.ts';
import type { RoutineDeps } from '../services/routine/routine-deps.ts';
import type { Parts } from './parts.ts';
import type { RunDeps } from './runs.ts';

/** What the routine is followed with at the close of the day; undefined where there is none. */
export function routineRuns(
  { municipality, routines }: Pick<Parts, 'municipality' | 'routines'>,
  jobs: Jobs,
): RunDeps['routine'] {
  if (routines === undefined) return undefined;
  return { municipality, routines, onCase: followCase(jobs) };
}

/** Whatever shows a case follows its change, in the same transaction. */
export function followCase(jobs: Pick<Jobs, 'enqueue'>): RoutineDeps['onCase'] {
  return async (trx, found) => {
    // What nobody has accepted is on no list of EHT's.
    if (found.state !== 'proposed') await showEht({ jobs }, trx, { schoolId: found.schoolId });
  };
}
