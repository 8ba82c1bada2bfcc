import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { School } from '../config/municipality.ts';
import type { Routine } from '../config/routine.ts';
import type { Db } from '../storage/database.ts';
import { type Crossing, crossings, type PupilFacts, routineOn } from './crossings.ts';
import { readFacts } from './read-facts.ts';
import { type CaseRow, isActive } from './routine-case.ts';

/** What is corrected longer after the day than this is not read any more: lessons are read again for some days only. */
const CORRECTED_WITHIN_DAYS = 28;

export interface ReadSchool {
  readonly school: School;
  readonly day: Temporal.PlainDate;
  readonly routines: readonly Routine[];
}

/** A case, and whether its pupil is still at the school. */
export interface KnownCase extends CaseRow {
  readonly hasLeft: boolean;
}

/** Pupil → level → crossing. */
export type CrossingsByPupil = ReadonlyMap<string, ReadonlyMap<string, Crossing>>;

/** Every limit that a school's pupils are above on a day, by the routine in force that day. */
export async function readCrossings(
  db: Db,
  { school, day, routines }: ReadSchool,
  pupilIds?: readonly string[],
): Promise<CrossingsByPupil> {
  const routine = routineOn(routines, day);
  if (routine === undefined) return new Map();
  const facts = await readFacts(db, { school, day, routine, pupilIds });
  return new Map(
    facts.map((one) => [
      one.sums.pupilId,
      new Map(crossings(routine, one).map((each) => [each.level, each])),
    ]),
  );
}

/** The cases of a school's pupils, also those that began at another school, locked until the transaction ends. */
export async function readKnownCases(db: Db, schoolId: string): Promise<readonly KnownCase[]> {
  const { rows } = await sql<KnownCase>`
    select routine_case.*, not exists (
      select from pupil where pupil.id = routine_case.pupil_id and pupil.removed_at is null) as has_left
    from routine_case
    where routine_case.pupil_id in (select id from pupil where school_id = ${schoolId})
      or (routine_case.school_id = ${schoolId}
        and not exists (select from pupil where pupil.id = routine_case.pupil_id))
    order by routine_case.id
    for update of routine_case`.execute(db);
  return rows;
}

/**
 * The cases that would not have arisen, judged by the data as they are now and the routine in force on the day they arose.
 * What is not known of that day any more is not corrected, and of cases that somebody has said to keep nothing is asked again.
 */
export async function readCorrected(
  db: Db,
  { school, day, routines }: ReadSchool,
  cases: readonly CaseRow[],
): Promise<ReadonlySet<string>> {
  const earliest = day.subtract({ days: CORRECTED_WITHIN_DAYS }).toString();
  const recent = cases.filter(
    (one) => isActive(one) && one.crossedDay.toString() >= earliest && !isKept(one),
  );
  const corrected = new Set<string>();
  for (const iso of new Set(recent.map((one) => one.crossedDay.toString()))) {
    const ofDay = recent.filter((one) => one.crossedDay.toString() === iso);
    const crossedDay = Temporal.PlainDate.from(iso);
    const routine = routineOn(routines, crossedDay);
    if (routine === undefined) continue;
    const pupilIds = ofDay.map(({ pupilId }) => pupilId);
    const facts = await readFacts(db, { school, day: crossedDay, routine, pupilIds });
    for (const one of ofDay) {
      const then = facts.find(({ sums }) => sums.pupilId === one.pupilId);
      if (then !== undefined && isKnown(then, one) && !isAbove(routine, then, one)) corrected.add(one.id);
    }
  }
  return corrected;
}

/**
 * The open cases whose pupil is above the limit still by the routine under which the case arose, whatever the one in force
 * says: a new routine does not make an absence cease.
 */
export async function readStillAbove(
  db: Db,
  { school, day, routines }: ReadSchool,
  cases: readonly CaseRow[],
): Promise<ReadonlySet<string>> {
  const inForce = routineOn(routines, day)?.validFrom;
  const earlier = cases.filter((one) => isActive(one) && one.routineValidFrom.toString() !== inForce);
  const above = new Set<string>();
  for (const validFrom of new Set(earlier.map((one) => one.routineValidFrom.toString()))) {
    const own = earlier.filter((one) => one.routineValidFrom.toString() === validFrom);
    const routine = routines.find((one) => one.validFrom === validFrom);
    if (routine === undefined) continue;
    const pupilIds = own.map(({ pupilId }) => pupilId);
    const facts = await readFacts(db, { school, day, routine, pupilIds });
    for (const one of own) {
      const now = facts.find(({ sums }) => sums.pupilId === one.pupilId);
      if (now !== undefined && isAbove(routine, now, one)) above.add(one.id);
    }
  }
  return above;
}

function isAbove(routine: Routine, facts: PupilFacts, { level }: CaseRow): boolean {
  return crossings(routine, facts).some((crossing) => crossing.level === level);
}

/** Whether there is anything of the window that the limit was about: a pupil who has come from elsewhere has nothing here. */
function isKnown({ sums }: PupilFacts, { crossing }: CaseRow): boolean {
  const { window } = crossing as Crossing;
  return window === undefined || (sums.windows[window]?.schoolDays ?? 0) > 0;
}

function isKept({ crossing }: CaseRow): boolean {
  return (crossing as { readonly isKept?: boolean }).isKept === true;
}
