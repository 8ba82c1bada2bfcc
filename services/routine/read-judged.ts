import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { School } from '../config/municipality.ts';
import type { Routine } from '../config/routine.ts';
import type { Db } from '../storage/database.ts';
import { type Crossing, crossings, routineOn } from './crossings.ts';
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
 * Of cases that somebody has said to keep nothing is asked again.
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
  for (const crossedDay of new Set(recent.map((one) => one.crossedDay.toString()))) {
    const ofDay = recent.filter((one) => one.crossedDay.toString() === crossedDay);
    const [first] = ofDay;
    if (first === undefined) continue;
    const pupilIds = ofDay.map((one) => one.pupilId);
    const then = await readCrossings(db, { school, day: first.crossedDay, routines }, pupilIds);
    for (const one of ofDay) if (then.get(one.pupilId)?.get(one.level) === undefined) corrected.add(one.id);
  }
  return corrected;
}

function isKept({ crossing }: CaseRow): boolean {
  return (crossing as { readonly isKept?: boolean }).isKept === true;
}
