import { Temporal } from 'temporal-polyfill';
import type { School } from '../services/config/municipality.ts';
import { SeddError } from '../services/errors.ts';
import type { JobPayloads } from '../services/jobs/jobs.ts';
import { backfill, closeDay } from '../services/morning/close-day.ts';
import { givesLessons } from '../services/morning/pull-day.ts';
import { tellOfFailure } from '../services/morning/read-failure.ts';
import { type MorningDeps, runMorning } from '../services/morning/run-morning.ts';
import { ensureRosters, type RosterDeps, refreshRoster } from '../services/people/refresh-roster.ts';
import { finishRun } from '../services/schedule/ledger.ts';

export interface RunDeps extends MorningDeps, RosterDeps {
  readonly schools: ReadonlyMap<string, School>;
}

/** Answers a code where there is something to note of how it went. */
type Run = (deps: RunDeps, schoolId: string, day: Temporal.PlainDate) => Promise<string | undefined>;

/** Every scheduled job and what it does. Each may be repeated: a job is delivered at least once. */
const runs: ReadonlyMap<string, Run> = new Map([
  ['roster', roster],
  ['morning', morning],
  // The refresh makes up for a morning that failed.
  ['refresh', morning],
  ['dayClose', dayClose],
]);

/** Does a job that fell due, and writes in the ledger how it went. What fails is tried again by the job engine. */
export async function runJob(deps: RunDeps, payload: JobPayloads['run']): Promise<void> {
  const { job, schoolId } = payload;
  const run = runs.get(job);
  if (run === undefined) throw new SeddError('run.unknown', `There is no job called "${job}"`, { job });
  const day = Temporal.PlainDate.from(payload.day);
  try {
    const note = await run(deps, schoolId, day);
    await finishRun(deps, job, schoolId, day, { state: 'done', ...(note === undefined ? {} : { note }) });
  } catch (error) {
    // Written down here so that "sedd status" tells of it between the tries; the job engine logs it.
    const code = error instanceof SeddError ? error.code : 'internal';
    await finishRun(deps, job, schoolId, day, { state: 'failed', note: code });
    if (run === morning) await tellOfFailure(deps, { schoolId, day });
    throw error;
  }
}

async function roster(deps: RunDeps, sourceId: string): Promise<undefined> {
  const source = deps.rosters.find((one) => one.id === sourceId);
  if (source !== undefined) await refreshRoster(deps, source);
}

async function morning(
  deps: RunDeps,
  schoolId: string,
  day: Temporal.PlainDate,
): Promise<'noLessonSource' | undefined> {
  const school = schoolOf(deps, schoolId);
  await ensureRosters(deps);
  if (!givesLessons(deps.attendance)) {
    deps.log.warn(
      { school: schoolId },
      'There can be no morning: no source gives "lessons" (sources[].gives in the municipality file)',
    );
    return 'noLessonSource';
  }
  await backfill(deps, school, day);
  await runMorning(deps, school, day);
  return undefined;
}

async function dayClose(deps: RunDeps, schoolId: string, day: Temporal.PlainDate): Promise<undefined> {
  await closeDay(deps, schoolOf(deps, schoolId), day);
}

function schoolOf(deps: RunDeps, schoolId: string): School {
  const school = deps.schools.get(schoolId);
  if (school !== undefined) return school;
  throw new SeddError('run.noSchool', `The municipality file has no school with id "${schoolId}"`, {
    school: schoolId,
  });
}
