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
export function followCase(_jobs: Pick<Jobs, 'enqueue'>): RoutineDeps['onCase'] {
  // No post shows cases, so that nothing has to follow them.
  return async () => {};
}
