import type { Temporal } from 'temporal-polyfill';
import { byPupil } from '../attendance/by-pupil.ts';
import { readCoveredSums } from '../attendance/covered-sums.ts';
import { rate } from '../attendance/rate.ts';
import type { PupilSums } from '../attendance/window-sums.ts';
import type { School } from '../config/municipality.ts';
import type { Routine, WindowName } from '../config/routine.ts';
import { mentorGroups } from '../people/mentor-groups.ts';
import { neutralReference } from '../people/neutral-reference.ts';
import { stepFate } from '../routine/compliance.ts';
import type { Crossing } from '../routine/crossings.ts';
import { type CaseWithSteps, readCases } from '../routine/read-cases.ts';
import { gravity } from '../routine/routine-order.ts';
import type { Db } from '../storage/database.ts';
import { gravest, levelsOf } from './level-ranks.ts';
import { asksWhere, type PupilFilter, passes } from './pupil-filter.ts';
import type {
  ProtectedLine,
  PupilAbsence,
  PupilLine,
  PupilListView,
  PupilStanding,
} from './pupil-list-view.ts';
import { type PupilPerson, readPupilPeople } from './pupil-people.ts';

export interface ListDeps {
  readonly db: Db;
  /** Earliest first. */
  readonly routines: readonly Routine[];
}

/** Where the limit that was crossed is a count, the four weeks are told. */
const USUAL_WINDOW: WindowName = 'fourWeeks';

/** The pupils of a school with cases that are proposed or open, as a filter asks for them: ten short statements, however many they are. */
export async function readPupilList(
  { db, routines }: ListDeps,
  school: School,
  day: Temporal.PlainDate,
  filter: PupilFilter,
): Promise<PupilListView> {
  const cases = await readCases(db, { schoolId: school.id });
  const casesOf = byPupil(cases);
  const levels = levelsOf(routines, day, cases);
  const pupilIds = [...casesOf.keys()];
  const people = await readPupilPeople(db, pupilIds);
  const windows = new Set([USUAL_WINDOW, ...cases.flatMap((one) => windowOf(one) ?? [])]);
  const query = { schoolId: school.id, day, calendar: school.calendar, windows: [...windows], pupilIds };
  const sums = new Map((await readCoveredSums(db, query)).map((one) => [one.pupilId, one]));
  const lines = [...casesOf].flatMap(([pupilId, own]) => {
    const person = people.get(pupilId);
    const worst = gravest(routines, own);
    if (person === undefined || worst === undefined) return [];
    const level = levels.find(({ key }) => key === worst.level) ?? { key: worst.level, name: worst.level };
    const rank = gravity(routines, worst.level);
    return [lineOf({ day, level, rank, person, worst, cases: own, sums: sums.get(pupilId) })];
  });
  const shown = lines.filter((line) => passes(filter, line)).toSorted(order(school));
  return {
    schoolId: school.id,
    schoolName: school.name,
    day,
    filter,
    levels,
    grades: [...new Set([...people.values()].flatMap(({ grade }) => grade ?? []))].toSorted((a, b) => a - b),
    groups: (await mentorGroups({ db }, school.id)).map(({ name }) => name),
    metrics: [...new Set(cases.map((one) => (one.crossing as Crossing).metric))].toSorted(),
    pupils: shown.filter(({ isProtected }) => !isProtected).map(publicLine),
    protectedPupils: asksWhere(filter)
      ? []
      : shown.filter(({ isProtected }) => isProtected).map(protectedLine),
  };
}

interface Line extends PupilLine {
  readonly isProtected: boolean;
  readonly rank: number;
}

interface Facts extends Pick<Line, 'level' | 'rank'> {
  readonly day: Temporal.PlainDate;
  readonly person: PupilPerson;
  readonly worst: CaseWithSteps;
  readonly cases: readonly CaseWithSteps[];
  readonly sums: PupilSums | undefined;
}

function lineOf({ day, level, rank, person, worst, cases, sums }: Facts): Line {
  return {
    pupilId: person.id,
    name: person.name,
    isProtected: person.isProtected,
    rank,
    grade: person.grade,
    groupName: person.groupName,
    contactPerson: person.contactPerson,
    level,
    isProposed: worst.state === 'proposed',
    metrics: cases.map((one) => (one.crossing as Crossing).metric),
    absence: absenceOf(sums, windowOf(worst) ?? USUAL_WINDOW),
    overdue: cases.flatMap(({ steps }) => steps).filter((step) => stepFate(step, day) === 'overdue').length,
  };
}

function windowOf({ crossing }: CaseWithSteps): WindowName | undefined {
  const { metric, window } = crossing as Crossing;
  return metric === 'totalAbsence' ? window : undefined;
}

function absenceOf(sums: PupilSums | undefined, window: WindowName): PupilAbsence | undefined {
  const own = sums?.windows[window];
  const { absence: total, reporting } = own === undefined ? {} : rate(own);
  return total === undefined || reporting === undefined ? undefined : { window, total, reporting };
}

function order({ language }: School): (a: Line, b: Line) => number {
  const { compare } = new Intl.Collator(language);
  return (a, b) =>
    b.rank - a.rank ||
    (b.absence?.total ?? -1) - (a.absence?.total ?? -1) ||
    compare(a.name, b.name) ||
    (a.pupilId < b.pupilId ? -1 : 1);
}

function publicLine({ isProtected: _, rank: __, ...line }: Line): PupilLine {
  return line;
}

function protectedLine({ pupilId, level, isProposed, absence, overdue }: Line): ProtectedLine {
  const standing: PupilStanding = { level, isProposed, absence, overdue };
  return { reference: neutralReference(pupilId), ...standing };
}
