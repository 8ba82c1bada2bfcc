import type { Municipality, School } from '../config/municipality.ts';
import type { Db } from '../storage/database.ts';
import type { HeldRole, Request, Towards } from './held-role.ts';
import { type Action, isAllowed, type Role, type Whose } from './permissions.ts';
import type { Person } from './person.ts';
import { rosterRoles } from './roster-roles.ts';
import { stepRoles } from './step-roles.ts';

export interface RightsDeps {
  readonly db: Db;
  readonly municipality: Pick<Municipality, 'roles'>;
}

/** What a person may do to a pupil or at a school: the table in permissions.ts, over every role that they have towards it. */
export async function readRights(
  deps: RightsDeps,
  person: Person | undefined,
  towards: Towards,
): Promise<(action: Action) => boolean> {
  if (person === undefined || person.isGuest) return () => false;
  const held = [
    ...configuredRoles(deps.municipality, person, towards.school),
    ...(await rosterRoles(deps.db, person, towards)),
    ...(await stepRoles(deps.db, person, towards)),
  ];
  return (action) => held.some(({ role, whose }) => isAllowed(role, action, whose));
}

/** Whether a person may do it. */
export async function mayDo(
  deps: RightsDeps,
  person: Person | undefined,
  { action, ...towards }: Request,
): Promise<boolean> {
  return (await readRights(deps, person, towards))(action);
}

/** Whether somebody is anybody to the school: on the staff, or with a role in the municipality file. */
export function isKnown(municipality: RightsDeps['municipality'], person: Person, school: School): boolean {
  if (person.isGuest) return false;
  return person.staffId !== undefined || configuredRoles(municipality, person, school).length > 0;
}

/** Roles that the municipality file gives by address. */
export function configuredRoles(
  municipality: Pick<Municipality, 'roles'>,
  person: Person,
  school: School,
): readonly HeldRole[] {
  const given: readonly (readonly [Role, readonly string[], Whose])[] = [
    ...schoolRoles(municipality, school),
    ['admin', municipality.roles.admins, 'other'],
  ];
  return given
    .filter(([, addresses]) => person.addresses.some((own) => addresses.includes(own)))
    .map(([role, , whose]) => ({ role, whose }));
}

/** The addresses of everybody whom the municipality file gives a role in a school's routine. */
export function roleAddresses(municipality: Pick<Municipality, 'roles'>, school: School): readonly string[] {
  return schoolRoles(municipality, school).flatMap(([, addresses]) => addresses);
}

function schoolRoles(
  { roles }: Pick<Municipality, 'roles'>,
  school: School,
): readonly (readonly [Role, readonly string[], Whose])[] {
  return [
    ['attendanceCoordinator', school.roles.attendanceCoordinators, 'school'],
    ['principal', school.roles.principals, 'school'],
    ['ehtMember', school.roles.ehtMembers, 'school'],
    ['mobileSchoolTeam', roles.mobileSchoolTeam, 'school'],
  ];
}
