import { Temporal } from 'temporal-polyfill';
import { meetingOn, meetingsBetween } from '../services/calendar/eht-meetings.ts';
import { previousSchoolDays } from '../services/calendar/school-days.ts';
import type { Municipality } from '../services/config/municipality.ts';
import type { Routine } from '../services/config/routine.ts';
import { followMeetings, type MeetingsDeps } from '../services/eht/follow-meetings.ts';
import { listMeeting } from '../services/eht/hold-meeting.ts';
import type { Log } from '../services/log.ts';
import { syncBindings } from '../services/posts/conversations.ts';
import { acceptAll } from '../services/routine/accept-case.ts';
import {
  closeCase,
  declineCase,
  declineReasons,
  keepCase,
  withdrawCase,
} from '../services/routine/end-case.ts';
import { openCases } from '../services/routine/open-cases.ts';
import type { CaseRow, StepRow } from '../services/routine/routine-case.ts';
import type { RoutineDeps } from '../services/routine/routine-deps.ts';
import { takeStepRungs } from '../services/routine/take-step-rungs.ts';
import type { Db } from '../services/storage/database.ts';
import { dayOf, doDeed, doer, type LivedSchool, timeOn } from './lived-deeds.ts';
import { endDecisions, holdMeeting } from './lived-eht.ts';
import { type Deed, deedOf } from './lived-steps.ts';
import { chance, pick } from './random.ts';
import { OWN_GROUP, viewerOf } from './world.ts';

export interface LivedPast extends LivedSchool {
  readonly db: Db;
  readonly municipality: Municipality;
  readonly routines: readonly Routine[];
  readonly log: Log;
  /** The day that the demo opens with: everything before it has been lived. */
  readonly opening: Temporal.PlainDate;
}

/** School days that were lived by the routine. */
const LIVED_DAYS = 30;
/** Proposals of the last evening that still wait for the coordinator. */
const MOST_WAITING = 5;
/** When the steps and decisions of a day are told of. */
const TOLD_AT = '10:05';
const DECLINED = 0.06;
const KEPT = 0.2;

/** Nothing is delivered: there is no Teams yet, and its posts are gone when there is. */
const noJobs = { enqueue: async () => {} };

type Time = { at: Temporal.Instant };

/**
 * Lets the shown school's last weeks have been lived by the routine, before anybody looks: cases arose, the coordinator took a
 * stand, owners did their steps in time, late or not at all. Through the same use cases as in earnest, each at its own time, so
 * that everything they leave behind is there. Of the last evening's proposals some wait.
 */
export async function liveRoutine(past: LivedPast): Promise<void> {
  const { school, opening } = past;
  await syncBindings(past.db, past.municipality);
  const days = previousSchoolDays(school.calendar, opening, LIVED_DAYS);
  const time: Time = { at: timeOn(opening, '00:00', school) };
  const deps: RoutineDeps = {
    db: past.db,
    municipality: past.municipality,
    routines: past.routines,
    clock: { now: () => time.at },
    // Nothing is shown yet.
    onCase: async () => {},
  };
  const ladder = { ...deps, jobs: noJobs, log: past.log, schools: new Map([[school.id, school]]) };
  const planned = new Map<string, Planned>();
  let since = time.at.subtract({ hours: 24 * 365 });
  for (const [index, day] of days.entries()) {
    time.at = timeOn(day, '08:20', school);
    await takeStand(deps, past, await waitingCases(past));
    await plan(past, day, planned, since);
    since = time.at;
    await doTheDays(deps, past, day, planned, time);
    time.at = timeOn(day, TOLD_AT, school);
    await takeStepRungs(ladder);
    await followEht(ladder, past, day, time);
    time.at = timeOn(day, '17:30', school);
    if (isJudged(days, index)) await openCases(deps, school, day);
  }
  time.at = time.at.add({ minutes: 20 });
  await takeStand(deps, past, keepSome(past, await waitingCases(past)));
  // What was accepted last is told just before the demo opens.
  time.at = timeOn(opening, '08:20', school);
  await takeStepRungs(ladder);
  await past.db.deleteFrom('post').execute();
}

/** What the clock and the people of EHT do on a day: reminders, a meeting, what was decided, and the next one's list. */
async function followEht(
  deps: MeetingsDeps & Pick<RoutineDeps, 'onCase'>,
  past: LivedPast,
  day: Temporal.PlainDate,
  time: Time,
): Promise<void> {
  const { school, opening } = past;
  await followMeetings(deps);
  const meeting = meetingOn(school, day);
  if (meeting !== undefined) await holdMeeting(deps, past, meeting, time);
  await endDecisions(deps, past, day);
  const next = meetingsBetween(school, day.add({ days: 1 }), opening.subtract({ days: 1 }))[0];
  if (next === undefined || !dayOf(next.listAt, school).equals(day)) return;
  time.at = next.listAt;
  await listMeeting(deps, school, next.day);
}

interface Planned {
  readonly step: StepRow;
  readonly deed: Deed | undefined;
}

/** The last day of each week, as if the coordinator looked at Mondays; and the last two, so that little is new at the opening. */
function isJudged(days: readonly Temporal.PlainDate[], index: number): boolean {
  const [day, next] = [days[index], days[index + 1]];
  return index >= days.length - 2 || day?.weekOfYear !== next?.weekOfYear;
}

async function waitingCases({ db, school }: LivedPast): Promise<readonly CaseRow[]> {
  return await db
    .selectFrom('routineCase')
    .selectAll()
    .where('schoolId', '=', school.id)
    .where((eb) =>
      eb.or([eb('state', '=', 'proposed'), eb.and([eb('state', '=', 'open'), eb('asks', 'is not', null)])]),
    )
    .orderBy('pupilId')
    .orderBy('level')
    .execute();
}

/** The coordinator accepts most of what is proposed, and closes most of what asks for it. */
async function takeStand(deps: RoutineDeps, past: LivedPast, waiting: readonly CaseRow[]): Promise<void> {
  const { seed, school } = past;
  const coordinator = doer(viewerOf(past.made));
  const accepted: string[] = [];
  for (const found of waiting) {
    const { id: caseId, pupilId, level, asks } = found;
    const luck = chance(seed, pupilId, level, found.round, `${asks}`);
    const input = { ...coordinator, caseId };
    if (asks === 'withdraw') await withdrawCase(deps, input);
    else if (asks === 'close') await (luck < KEPT ? keepCase : closeCase)(deps, input);
    else if (luck < DECLINED)
      await declineCase(deps, { ...input, reason: pick(declineReasons, seed, pupilId, level) });
    else accepted.push(caseId);
  }
  if (accepted.length > 0) await acceptAll(deps, { ...coordinator, school, caseIds: accepted });
}

/** Without those that are left for the opening: of the gravest levels first, one of each, and first of the viewer's own class. */
function keepSome({ made, routines }: LivedPast, waiting: readonly CaseRow[]): readonly CaseRow[] {
  const levels = routines.at(-1)?.levels.map(({ key }) => key) ?? [];
  const classes = new Map(made.pupils.map(({ id, className }) => [id, className]));
  const isOwn = ({ pupilId }: CaseRow) => classes.get(pupilId) === OWN_GROUP;
  const own = waiting.filter((one) => isOwn(one) && levels.indexOf(one.level) >= 2);
  const others = levels
    .toReversed()
    .flatMap((level) => waiting.filter((one) => one.level === level && !own.includes(one)).slice(0, 2));
  const kept = new Set([...own, ...others].slice(0, MOST_WAITING));
  return waiting.filter((one) => !kept.has(one));
}

/** Decides what becomes of each step that was opened or given more time after `since`. */
async function plan(
  { db, school, seed, opening }: LivedPast,
  today: Temporal.PlainDate,
  planned: Map<string, Planned>,
  since: Temporal.Instant,
): Promise<void> {
  const more = [...planned.values()].flatMap(({ step, deed }) => {
    return deed?.kind === 'moreTime' && Temporal.PlainDate.compare(deed.day, today) < 0 ? [step.id] : [];
  });
  const open = await db
    .selectFrom('routineStep')
    .selectAll()
    .where('schoolId', '=', school.id)
    .where('state', '=', 'open')
    .where((eb) => eb.or([eb('openedAt', '>', since), eb('id', 'in', ['', ...more])]))
    .orderBy('pupilId')
    .orderBy('level')
    .orderBy('place')
    .orderBy('isFollowUp')
    .execute();
  for (const step of open)
    planned.set(step.id, { step, deed: deedOf(step, { seed, calendar: school.calendar, today, opening }) });
}

async function doTheDays(
  deps: RoutineDeps,
  past: LivedPast,
  day: Temporal.PlainDate,
  planned: ReadonlyMap<string, Planned>,
  time: Time,
): Promise<void> {
  for (const { step, deed } of planned.values()) {
    if (deed === undefined || !deed.day.equals(day)) continue;
    const minutes = Math.floor(chance(past.seed, step.pupilId, step.key, day.toString()) * 390);
    time.at = timeOn(day, '09:00', past.school).add({ minutes });
    await doDeed(deps, past, step, deed);
  }
}
