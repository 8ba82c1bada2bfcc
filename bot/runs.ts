import { Temporal } from 'temporal-polyfill';
import type { School } from '../services/config/municipality.ts';
import { rebuildContactTime, type SchoolDay } from '../services/digest/contact-time.ts';
import { type Edition, wantDigest, wantWeekDigest } from '../services/digest/digest-posts.ts';
import { type EhtDeps, showEht } from '../services/eht/eht-change.ts';
import { listMeeting } from '../services/eht/hold-meeting.ts';
import { SeddError } from '../services/errors.ts';
import type { JobPayloads } from '../services/jobs/jobs.ts';
import { backfill, closeDay } from '../services/morning/close-day.ts';
import { givesLessons } from '../services/morning/pull-day.ts';
import { pullSums } from '../services/morning/pull-sums.ts';
import { tellOfFailure } from '../services/morning/read-failure.ts';
import { runMorning } from '../services/morning/run-morning.ts';
import type { MorningDeps, MorningOutcome } from '../services/morning/take-reading.ts';
import { ensureRosters, type RosterDeps, refreshRoster } from '../services/people/refresh-roster.ts';
import { type MeetDeps, meetStaff } from '../services/posts/meet-staff.ts';
import { wantCases } from '../services/routine/cases-posts.ts';
import { openCases } from '../services/routine/open-cases.ts';
import { countWaiting } from '../services/routine/read-cases-view.ts';
import type { RoutineDeps } from '../services/routine/routine-deps.ts';
import { finishRun } from '../services/schedule/ledger.ts';
import { EHT_LIST_JOB, isReread } from '../services/schedule/schedule.ts';

export interface RunDeps extends MorningDeps, RosterDeps, MeetDeps {
  readonly schools: ReadonlyMap<string, School>;
  readonly eht?: Pick<EhtDeps, 'municipality' | 'routines'> | undefined;
  /** Undefined where no routine is followed. */
  readonly routine?: Pick<RoutineDeps, 'municipality' | 'routines' | 'onCase'> | undefined;
}

/** Answers a code where there is something to note of how it went. */
type Run = (deps: RunDeps, schoolId: string, day: Temporal.PlainDate) => Promise<string | undefined>;

/** Every scheduled job and what it does. Each may be repeated: a job is delivered at least once. */
const runs: ReadonlyMap<string, Run> = new Map<string, Run>([
  ['roster', roster],
  ['meetStaff', meetStaffAt],
  ['morning', morning],
  ['refresh', refresh],
  ['digestNoon', digestNoon],
  ['digestDayEnd', digestDayEnd],
  ['weekDigest', weekDigest],
  ['dayClose', dayClose],
  ['cases', cases],
  [EHT_LIST_JOB, ehtList],
]);

/** Does a job that fell due, and writes in the ledger how it went. What fails is tried again by the job engine. */
export async function runJob(deps: RunDeps, payload: JobPayloads['run']): Promise<void> {
  const { job, schoolId } = payload;
  const run = isReread(job) ? reread : runs.get(job);
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
): Promise<'noLessonSource' | 'readingHeld' | undefined> {
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
  return noteOf(await runMorning(deps, school, day));
}

function noteOf(outcome: MorningOutcome | undefined): 'readingHeld' | undefined {
  return outcome?.state === 'readingHeld' ? outcome.state : undefined;
}

async function meetStaffAt(deps: RunDeps, schoolId: string): Promise<undefined> {
  await ensureRosters(deps);
  await meetStaff(deps, schoolId);
  // The day is new: what was due yesterday is overdue on EHT's list.
  await showEht(deps, deps.db, { schoolId });
}

/** What has been reported since corrects cards and follow-ups. */
async function reread(
  deps: RunDeps,
  schoolId: string,
  day: Temporal.PlainDate,
): Promise<'readingHeld' | undefined> {
  return noteOf(await runMorning(deps, schoolOf(deps, schoolId), day));
}

/** The refresh makes up for a morning that failed. */
async function refresh(
  deps: RunDeps,
  schoolId: string,
  day: Temporal.PlainDate,
): Promise<'noLessonSource' | 'readingHeld' | undefined> {
  const note = await morning(deps, schoolId, day);
  if (note !== 'noLessonSource') await digest(deps, { schoolId, day }, 'refresh');
  return note;
}

async function digestNoon(deps: RunDeps, schoolId: string, day: Temporal.PlainDate): Promise<undefined> {
  await digest(deps, { schoolId, day }, 'noon');
}

async function digestDayEnd(deps: RunDeps, schoolId: string, day: Temporal.PlainDate): Promise<undefined> {
  await digest(deps, { schoolId, day }, 'dayEnd');
}

async function digest(deps: RunDeps, schoolDay: SchoolDay, edition: Edition): Promise<void> {
  const now = deps.clock.now();
  await deps.db.transaction().execute(async (trx) => {
    await rebuildContactTime(trx, schoolDay, now);
    await wantDigest(trx, schoolDay, edition, now);
    await deps.jobs.enqueue(trx, 'deliver', {});
  });
}

async function weekDigest(deps: RunDeps, schoolId: string, day: Temporal.PlainDate): Promise<undefined> {
  await deps.db.transaction().execute(async (trx) => {
    await wantWeekDigest(trx, { schoolId, day }, deps.clock.now());
    await deps.jobs.enqueue(trx, 'deliver', {});
  });
}

async function dayClose(
  deps: RunDeps,
  schoolId: string,
  day: Temporal.PlainDate,
): Promise<'readingHeld' | undefined> {
  const school = schoolOf(deps, schoolId);
  const note = noteOf(await closeDay(deps, school, day));
  await pullSums(deps, school, day);
  if (deps.routine !== undefined) await openCases({ ...deps, ...deps.routine }, school, day);
  // The shares of absence on EHT's list are those of the days that have been closed.
  await showEht(deps, deps.db, { schoolId });
  return note;
}

async function ehtList(
  deps: RunDeps,
  schoolId: string,
  day: Temporal.PlainDate,
): Promise<'noEhtRoom' | 'noMeeting' | undefined> {
  if (deps.eht === undefined) return 'noEhtRoom';
  const note = await listMeeting({ ...deps, ...deps.eht }, schoolOf(deps, schoolId), day);
  if (note === 'noEhtRoom')
    deps.log.warn(
      { school: schoolId },
      'EHT’s list has no conversation to be posted in: write "koppla eht" where EHT is, and see that it is bound to nothing else',
    );
  return note;
}

/** What waits for the coordinators is on the day's card; where nothing waits there is none. */
async function cases(deps: RunDeps, schoolId: string, day: Temporal.PlainDate): Promise<undefined> {
  if (deps.routine === undefined || (await countWaiting(deps.db, schoolId)) === 0) return;
  await deps.db.transaction().execute(async (trx) => {
    await wantCases(trx, { schoolId, day }, deps.clock.now());
    await deps.jobs.enqueue(trx, 'deliver', {});
  });
}

function schoolOf(deps: RunDeps, schoolId: string): School {
  const school = deps.schools.get(schoolId);
  if (school !== undefined) return school;
  throw new SeddError('run.noSchool', `The municipality file has no school with id "${schoolId}"`, {
    school: schoolId,
  });
}
