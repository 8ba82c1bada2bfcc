import type { Municipality, School } from '../config/municipality.ts';
import { type Action, isAllowed } from './permissions.ts';
import type { Person } from './person.ts';
import { configuredRoles } from './rights.ts';

/** The schools at which somebody may do it for every pupil, by a role of the municipality file; in the file's order. */
export function wholeSchools(
  municipality: Pick<Municipality, 'roles' | 'schools'>,
  person: Person | undefined,
  action: Action,
): readonly School[] {
  return municipality.schools.filter((school) => mayForAll(municipality, person, school, action));
}

/** Whether somebody may do it for every pupil of a school: a right to one's own pupils is not enough. */
export function mayForAll(
  municipality: Pick<Municipality, 'roles'>,
  person: Person | undefined,
  school: School,
  action: Action,
): boolean {
  if (person === undefined || person.isGuest) return false;
  return configuredRoles(municipality, person, school).some(({ role }) => isAllowed(role, action, 'school'));
}
