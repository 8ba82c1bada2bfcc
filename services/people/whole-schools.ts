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
  if (person === undefined || person.isGuest) return [];
  return municipality.schools.filter((school) =>
    configuredRoles(municipality, person, school).some(({ role }) => isAllowed(role, action, 'school')),
  );
}
