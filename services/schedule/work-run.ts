import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../clock.ts';
import type { School } from '../config/municipality.ts';
import type { JobPayloads } from '../jobs/jobs.ts';
import type { Log } from '../log.ts';
import type { Db } from '../storage/database.ts';
import { isTooLate } from './due.ts';
import { endUnfinished } from './ledger.ts';

export interface WorkRunDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly schools: ReadonlyMap<string, School>;
}

type Run = JobPayloads['run'];

/**
 * Does a run that fell due, unless it comes so late that it is of no use any more: a process that comes up in the evening
 * must not post what was meant for the morning. That is put down as skipped.
 */
export async function workRun(deps: WorkRunDeps, run: Run, act: () => Promise<void>): Promise<void> {
  const school = deps.schools.get(run.schoolId);
  if (school === undefined || !isTooLate(school, run.job, dayOf(run), deps.clock.now())) return await act();
  if (await endUnfinished(deps, keyOf(run), { state: 'skipped', note: 'tooLate' })) {
    deps.log.warn(factsOf(run), 'A job was begun and is skipped: Sedd did not run until it was too late');
  }
}

/** Puts down as failed what was given up without an outcome: the process went down with it, each time. */
export async function giveUpRun(deps: Omit<WorkRunDeps, 'schools'>, run: Run): Promise<void> {
  await endUnfinished(deps, keyOf(run), { state: 'failed', note: 'givenUp' });
  deps.log.error(factsOf(run), 'A job was given up; look at the errors before this, and at "sedd status"');
}

function keyOf(run: Run) {
  return { job: run.job, schoolId: run.schoolId, day: dayOf(run) };
}

function dayOf({ day }: Run): Temporal.PlainDate {
  return Temporal.PlainDate.from(day);
}

function factsOf({ job, schoolId, day }: Run) {
  return { job, school: schoolId, day };
}
