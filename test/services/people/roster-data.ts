import { Temporal } from 'temporal-polyfill';
import type {
  RosterChange,
  RosterGroup,
  RosterPupil,
  RosterStaff,
} from '../../../services/people/roster-source.ts';

export const READ_AT = Temporal.Instant.from('2026-11-23T04:30:00Z');

/** What an import of a roster writes. */
export const ROSTER_TABLES = [
  'pupil',
  'staff',
  'school_group',
  'group_member',
  'group_mentor',
  'source_cursor',
];

/** A pupil with an invented name. */
export function pupil(id: string, schoolId = 'north'): RosterPupil {
  return { isProtected: false, id, schoolId, givenName: `Given ${id}`, familyName: `Family ${id}`, grade: 8 };
}

export function protectedPupil(id: string, schoolId = 'north'): RosterPupil {
  return { isProtected: true, id, schoolId, grade: 8 };
}

export function teacher(id: string): RosterStaff {
  return {
    id,
    givenName: `Given ${id}`,
    familyName: `Family ${id}`,
    email: undefined,
    principalName: undefined,
  };
}

export function group(id: string, pupilIds: readonly string[], more: Partial<RosterGroup> = {}): RosterGroup {
  return { id, schoolId: 'north', kind: 'mentor', name: id, pupilIds, mentorIds: [], ...more };
}

/** A whole roster; with `isWhole: false`, what has changed. */
export function roster(parts: Partial<RosterChange>): RosterChange {
  return {
    isWhole: true,
    cursor: 'c1',
    pupils: [],
    staff: [],
    groups: [],
    removed: { personIds: [], groupIds: [] },
    rejected: [],
    readAt: READ_AT,
    ...parts,
  };
}
