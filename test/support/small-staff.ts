import type { RosterStaff } from '../../services/people/roster-source.ts';
import { guid } from './guid.ts';

export const staffId = (number: number) => guid(3, number);

/** Somebody on the staff, and the mentor groups that are theirs, by number. */
export interface SmallStaff {
  readonly id: string;
  readonly name: string;
  readonly groups: 'all' | readonly number[];
}

export const ANNA = staffId(1);
export const BO = staffId(2);
export const EVA = staffId(3);
export const KARIN = staffId(4);

/** Anna Berg and Bo Ek are mentors of every group, Eva Ek of none; Karin Koord is the attendance coordinator. */
export const smallStaff: readonly SmallStaff[] = [
  { id: ANNA, name: 'Anna Berg', groups: 'all' },
  { id: BO, name: 'Bo Ek', groups: 'all' },
  { id: EVA, name: 'Eva Ek', groups: [] },
  { id: KARIN, name: 'Karin Koord', groups: [] },
];

export const smallRoles = { attendanceCoordinators: [emailOf('Karin Koord')] };

/** "Anna Berg" has anna.berg@skola.example, in the student system as in Teams. */
export function emailOf(name: string): string {
  return `${name.toLowerCase().replaceAll(' ', '.')}@skola.example`;
}

/** As the student system gives them. */
export function rosterStaff({ id, name }: SmallStaff): RosterStaff {
  const [givenName = '', ...rest] = name.split(' ');
  return { id, givenName, familyName: rest.join(' '), email: emailOf(name), principalName: undefined };
}

export function mentorIds(staff: readonly SmallStaff[], group: number): readonly string[] {
  return staff.filter(({ groups }) => groups === 'all' || groups.includes(group)).map(({ id }) => id);
}
