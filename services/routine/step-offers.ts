import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Municipality, School } from '../config/municipality.ts';
import { type Colleague, readColleagues } from '../people/colleagues.ts';
import type { Db } from '../storage/database.ts';
import type { StepLine } from './step-line.ts';

export interface OfferDeps {
  readonly db: Db;
  readonly municipality: Pick<Municipality, 'roles'>;
}

export interface OfferQuery {
  readonly conversationId: string;
  readonly day: Temporal.PlainDate;
}

/**
 * Whom a step can be handed over to: who may answer for the pupil, and those whom the municipality file names at the school;
 * of a protected pupil only the attendance coordinators. By name, without whoever has it.
 */
export async function readStepColleagues(
  deps: OfferDeps,
  school: School,
  step: StepLine,
  { conversationId, day }: OfferQuery,
): Promise<readonly Colleague[]> {
  const { attendanceCoordinators, principals, ehtMembers } = school.roles;
  const isProtected = step.pupil.reference !== undefined;
  const addresses = isProtected
    ? attendanceCoordinators
    : [...attendanceCoordinators, ...principals, ...ehtMembers, ...deps.municipality.roles.mobileSchoolTeam];
  const { pupilId } = step;
  const named = await readByAddress(deps.db, addresses);
  const near = isProtected ? [] : await readColleagues(deps.db, school, { conversationId, pupilId, day });
  return byName(school, [...near, ...named]).filter(({ staffId }) => staffId !== step.owner.staffId);
}

/** Who can be made a pupil's contact person from a card: the school's mentors besides; nobody of a protected pupil. */
export async function readContactPersonOffers(
  deps: OfferDeps,
  school: School,
  step: StepLine,
  query: OfferQuery,
): Promise<readonly Colleague[]> {
  if (step.kind !== 'contactPerson' || step.pupil.reference !== undefined) return [];
  const owner = { staffId: undefined, address: undefined, name: undefined };
  const near = await readStepColleagues(deps, school, { ...step, owner }, query);
  return byName(school, [...near, ...(await readMentors(deps.db, school.id))]);
}

async function readByAddress(db: Db, addresses: readonly string[]): Promise<readonly Colleague[]> {
  const { rows } = await sql<Colleague>`
    select id as staff_id, trim(given_name || ' ' || family_name) as name from staff
    where removed_at is null
      and (lower(email) = any(${[...addresses]}::text[]) or lower(principal_name) = any(${[...addresses]}::text[]))`.execute(
    db,
  );
  return rows;
}

async function readMentors(db: Db, schoolId: string): Promise<readonly Colleague[]> {
  const { rows } = await sql<Colleague>`
    select distinct staff.id as staff_id, trim(staff.given_name || ' ' || staff.family_name) as name
    from group_mentor
    join school_group on school_group.id = group_mentor.group_id and school_group.removed_at is null
    join staff on staff.id = group_mentor.staff_id and staff.removed_at is null
    where school_group.school_id = ${schoolId}`.execute(db);
  return rows;
}

/** Each once. */
function byName(school: School, people: readonly Colleague[]): readonly Colleague[] {
  const once = new Map(people.map((one) => [one.staffId, one]));
  const collator = new Intl.Collator(school.language);
  return [...once.values()].sort(
    (a, b) => collator.compare(a.name, b.name) || (a.staffId < b.staffId ? -1 : 1),
  );
}
