import { Temporal } from 'temporal-polyfill';
import { readCoveredSums } from '../attendance/covered-sums.ts';
import { type Rate, rate } from '../attendance/rate.ts';
import { dayAt } from '../clock.ts';
import type { Municipality, School } from '../config/municipality.ts';
import type { Routine } from '../config/routine.ts';
import { stillAhead } from '../routine/before-done.ts';
import { stepFate } from '../routine/compliance.ts';
import { routineOn } from '../routine/crossings.ts';
import { type CaseWithSteps, readPupilCases } from '../routine/read-cases.ts';
import type { StepRow } from '../routine/routine-case.ts';
import { levelName, stepName } from '../routine/routine-names.ts';
import { compareInRoutine } from '../routine/routine-order.ts';
import type { Db } from '../storage/database.ts';
import { courseStart, decisionName, isEhtCase, pointsFor } from './eht-levels.ts';
import { type EhtPerson, readEhtPeople, readPeople } from './eht-people.ts';
import type { EhtDecisionLine, EhtPoint, EhtPupilView, EhtStep } from './pupil-view.ts';
import { type DecisionRow, decisionsAt } from './read-decisions.ts';
import { type EhtReadDeps, readEhtList } from './read-list-view.ts';
import type { EhtRoom } from './room.ts';

export interface EhtPupilDeps extends EhtReadDeps {
  readonly municipality: Pick<Municipality, 'roles'>;
}

/** One pupil of a meeting's list; undefined where it does not have them, or their identity is protected. */
export async function readEhtPupil(
  deps: EhtPupilDeps,
  room: EhtRoom,
  school: School,
  { day, pupilId }: { readonly day: Temporal.PlainDate; readonly pupilId: string },
): Promise<EhtPupilView | undefined> {
  const { db, routines } = deps;
  const list = await readEhtList(deps, room, school, day);
  const index = list.pupils.findIndex((one) => one.pupilId === pupilId);
  const line = list.pupils[index];
  if (line === undefined) return undefined;
  const all = (await readPupilCases(db, pupilId)).filter(({ schoolId }) => schoolId === school.id);
  const cases = all.filter(({ state }) => state === 'open').toSorted(compareInRoutine(routines));
  const today = dayAt(deps.clock.now(), school);
  const decisions = await readShownDecisions(db, school.id, pupilId, day);
  const people = await readEhtPeople(db, deps.municipality, school);
  const routine = routineOn(routines, day);
  return {
    line,
    list,
    place: { number: index + 1, of: list.pupils.length },
    previousId: list.pupils[index - 1]?.pupilId,
    nextId: list.pupils[index + 1]?.pupilId,
    levels: cases.map((one) => ({ name: levelName(routines, one), since: one.crossedDay })),
    term: await readTerm(db, school, list.asOf, pupilId),
    steps: await readSteps(deps, cases, today),
    points: await readPoints(deps, room, { routine, cases: all, pupilId, timeZone: school.timeZone }),
    decisions: await decisionLines(deps, decisions, people, { day, today, timeZone: school.timeZone }),
    offered: (routine?.eht?.decisions ?? []).filter(
      ({ key }) => !decisions.some((one) => one.state === 'open' && one.key === key),
    ),
    people,
  };
}

async function readTerm(
  db: Db,
  { id: schoolId, calendar }: School,
  day: Temporal.PlainDate,
  pupilId: string,
): Promise<Rate | undefined> {
  const query = { schoolId, day, calendar, windows: ['term'] as const, pupilIds: [pupilId] };
  const [sums] = await readCoveredSums(db, query);
  return sums?.windows.term === undefined ? undefined : rate(sums.windows.term);
}

/** Those that wait come first, the most overdue before the others; what was dropped is not there. */
async function readSteps(
  { db, routines }: EhtReadDeps,
  cases: readonly CaseWithSteps[],
  today: Temporal.PlainDate,
): Promise<readonly EhtStep[]> {
  const rows = cases.flatMap(({ steps, round }) =>
    steps.filter((step) => step.round === round && ['open', 'done', 'notNeeded'].includes(step.state)),
  );
  const nameOf = await readOwnerNames(db, rows);
  const lines: EhtStep[] = [];
  for (const row of rows) {
    const name = stepName(routines, row);
    const waitsFor = row.state === 'open' ? await stillAhead(db, row) : undefined;
    lines.push(stepLine(row, today, { name, owner: nameOf(row), waitsFor }));
  }
  return lines.toSorted(
    (a, b) => Number(isEnded(a)) - Number(isEnded(b)) || Temporal.PlainDate.compare(a.dueDay, b.dueDay),
  );
}

function isEnded({ state }: EhtStep): boolean {
  return state === 'done' || state === 'notNeeded';
}

function stepLine(
  row: StepRow,
  today: Temporal.PlainDate,
  known: Pick<EhtStep, 'name' | 'owner' | 'waitsFor'>,
): EhtStep {
  const waiting = stepFate(row, today) === 'overdue' ? 'overdue' : 'due';
  return {
    ...known,
    id: row.id,
    version: row.version,
    isFollowUp: row.isFollowUp,
    state: row.state === 'done' || row.state === 'notNeeded' ? row.state : waiting,
    dueDay: row.dueDay,
    doneDay: row.doneDay ?? undefined,
    hasLegalWeight: row.legalWeight !== null,
  };
}

async function readOwnerNames(
  db: Db,
  rows: readonly StepRow[],
): Promise<(row: StepRow) => string | undefined> {
  const ids = [...new Set(rows.flatMap(({ ownerStaffId }) => ownerStaffId ?? []))];
  const staff = await db
    .selectFrom('staff')
    .select(['id', 'givenName', 'familyName'])
    .where('id', 'in', ['', ...ids])
    .execute();
  const names = new Map(staff.map((one) => [one.id, `${one.givenName} ${one.familyName}`.trim()]));
  const people = await readPeople(db, [...new Set(rows.flatMap(({ ownerAddress }) => ownerAddress ?? []))]);
  return ({ ownerStaffId, ownerAddress }) =>
    names.get(ownerStaffId ?? '') ?? people.find(({ address }) => address === ownerAddress)?.name;
}

interface PointsQuery {
  readonly routine: Routine | undefined;
  /** Of every state: what was ticked in an earlier course is about another time. */
  readonly cases: readonly CaseWithSteps[];
  readonly pupilId: string;
  readonly timeZone: string;
}

async function readPoints(
  { db, routines }: EhtReadDeps,
  { schoolId }: EhtRoom,
  { routine, cases, pupilId, timeZone }: PointsQuery,
): Promise<readonly EhtPoint[]> {
  const open = cases.filter(({ state }) => state === 'open');
  const points = pointsFor(
    routine,
    open.map(({ level }) => level),
  );
  const since = courseStart(cases.filter((one) => isEhtCase(routines, one))) ?? 0;
  const rows = await db
    .selectFrom('ehtPoint')
    .selectAll()
    .where('schoolId', '=', schoolId)
    .where('pupilId', '=', pupilId)
    .execute();
  return points.map(({ key, name }) => {
    const row = rows.find((one) => one.key === key);
    const at = row?.tickedAt ?? undefined;
    const isOfCourse = at !== undefined && at.epochMilliseconds >= since;
    return {
      key,
      name,
      ticked: isOfCourse ? { by: row?.tickedByName ?? '', day: dayAt(at, { timeZone }) } : undefined,
    };
  });
}

/** What was done before a school year ago says nothing any more. */
const SHOWN_DAYS = 300;

/** Every decision that is open, and the others of so many days. */
async function readShownDecisions(db: Db, schoolId: string, pupilId: string, day: Temporal.PlainDate) {
  const since = day.subtract({ days: SHOWN_DAYS });
  return await decisionsAt(db, schoolId)
    .where('pupilId', '=', pupilId)
    .where((eb) => eb.or([eb('state', '=', 'open'), eb('day', '>=', since)]))
    .execute();
}

async function decisionLines(
  { db, routines }: EhtReadDeps,
  rows: readonly DecisionRow[],
  people: readonly EhtPerson[],
  about: DecisionAbout,
): Promise<readonly EhtDecisionLine[]> {
  const strangers = rows.flatMap(({ ownerAddress }) =>
    people.some(({ address }) => address === ownerAddress) ? [] : [ownerAddress],
  );
  const all = [...people, ...(await readPeople(db, [...new Set(strangers)]))];
  return rows.map((row) => decisionLine(routines, row, all, about));
}

export interface DecisionAbout {
  /** The meeting's that it is shown for. */
  readonly day: Temporal.PlainDate;
  readonly today: Temporal.PlainDate;
  readonly timeZone: string;
}

/** A decision as it is shown, with the name of whoever has it. */
export function decisionLine(
  routines: readonly Routine[],
  row: DecisionRow,
  people: readonly EhtPerson[],
  about: DecisionAbout,
): EhtDecisionLine {
  const { day, today, timeZone } = about;
  const isLate = Temporal.PlainDate.compare(today, row.dueDay) > 0;
  return {
    id: row.id,
    version: row.version,
    name: decisionName(routines, row),
    owner: people.find(({ address }) => address === row.ownerAddress)?.name ?? row.ownerAddress,
    day: row.day,
    dueDay: row.dueDay,
    state: row.state === 'open' ? (isLate ? 'overdue' : 'open') : 'done',
    doneBy: row.endedByName ?? undefined,
    doneDay: row.endedAt === null ? undefined : dayAt(row.endedAt, { timeZone }),
    isEarlier: !row.day.equals(day),
  };
}
