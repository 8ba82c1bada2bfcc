import { showEht } from '../services/eht/eht-change.ts';
import type { Jobs } from '../services/jobs/jobs.ts';
import type { PeopleNews } from '../services/people/protect-pupils.ts';
import { markCasesOfPupilsStale, markCasesStale } from '../services/routine/cases-posts.ts';
import type { RoutineDeps } from '../services/routine/routine-deps.ts';
import { markStepsOfPupilsStale, markStepsStale } from '../services/routine/step-posts.ts';
import type { Db } from '../services/storage/database.ts';
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

/** Whatever shows a case follows its change, in the same transaction; always in this order, so that nobody waits in a ring. */
export function followCase(jobs: Pick<Jobs, 'enqueue'>): RoutineDeps['onCase'] {
  return async (db, found) => {
    const cases = await markCasesStale(db, found.schoolId);
    const steps = await markStepsStale(db, found.id);
    if (cases + steps > 0) await jobs.enqueue(db, 'deliver', {});
    // What nobody has accepted is on no list of EHT's.
    if (found.state !== 'proposed') await showEht({ jobs }, db, { schoolId: found.schoolId });
  };
}

/** Cards of the routine that name a pupil who is protected from now on name them no more. False where there is none. */
export async function followProtected(db: Db, { protectedIds }: PeopleNews): Promise<boolean> {
  if (protectedIds.length === 0) return false;
  const cases = await markCasesOfPupilsStale(db, protectedIds);
  return cases + (await markStepsOfPupilsStale(db, protectedIds)) > 0;
}
