import type { Parts } from './parts.ts';
import type { RunDeps } from './runs.ts';

/** What the routine is followed with at the close of the day; undefined where there is none. */
export function routineRuns({
  municipality,
  routines,
}: Pick<Parts, 'municipality' | 'routines'>): RunDeps['routine'] {
  if (routines === undefined) return undefined;
  // No post shows cases, so that nothing has to follow them.
  return { municipality, routines, onCase: async () => {} };
}
