import { Temporal } from 'temporal-polyfill';
import type { SourceConfig } from '../../../../services/config/municipality.ts';
import type { ClientDeps } from '../../../../services/sources/ss12000/client.ts';
import {
  type Ss12000Deps,
  type Ss12000Source,
  ss12000Source,
} from '../../../../services/sources/ss12000/ss12000-source.ts';
import { guid } from '../../../support/small-school.ts';
import { CLIENT, type StudentSystem } from '../../../support/student-system.ts';

/** The Monday that is read, before school. */
export const NOW = Temporal.Instant.from('2026-11-23T07:45:00Z');
export const MONDAY = Temporal.PlainDate.from('2026-11-23');
export const SCHOOL = guid(9, 1);
export const OTHER_SCHOOL = guid(9, 2);

export const pupilId = (number: number) => guid(1, number);
export const groupId = (number: number) => guid(2, number);
export const staffId = (number: number) => guid(3, number);

type Fields = Readonly<Record<string, unknown>>;

export function configOf(
  system: Pick<StudentSystem, 'url' | 'tokenUrl'>,
  more: Partial<SourceConfig> = {},
): SourceConfig {
  return {
    id: 'elevsystem',
    kind: 'ss12000',
    url: system.url,
    tokenUrl: system.tokenUrl,
    gives: ['roster', 'lessons', 'notices', 'sums'],
    pageSize: 1_000,
    timeoutSeconds: 5,
    ...more,
  };
}

/** Waits for nothing, so that a retry comes at once. */
export function clientDeps(system: StudentSystem, more: Partial<ClientDeps> = {}): ClientDeps {
  return {
    config: configOf(system),
    credentials: CLIENT,
    wireClock: { now: () => NOW },
    delay: async () => {},
    ...more,
  };
}

/** The system as a source of the school "norr". */
export function sourceOf(system: StudentSystem, more: Partial<Ss12000Deps> = {}): Ss12000Source {
  return ss12000Source({
    ...clientDeps(system),
    schools: [{ id: 'norr', organisation: SCHOOL }],
    timeZone: 'Europe/Stockholm',
    clock: { now: () => NOW },
    ...more,
  });
}

export function organisation(id = SCHOOL, parent?: string): Fields {
  return { id, ...(parent === undefined ? {} : { parentOrganisation: { id: parent } }) };
}

export function person(id: string, more: Fields = {}): Fields {
  return { id, givenName: `Given ${id}`, familyName: `Family ${id}`, ...more };
}

export function enrolled(id: string, more: Fields = {}, enrolment: Fields = {}): Fields {
  const own = { enroledAt: { id: SCHOOL }, schoolYear: 8, schoolType: 'GR', startDate: '2026-08-18' };
  return person(id, { enrolments: [{ ...own, ...enrolment }], ...more });
}

export function group(id: string, members: readonly string[], more: Fields = {}): Fields {
  return {
    id,
    displayName: '8A',
    groupType: 'Mentor',
    startDate: '2026-08-18',
    organisation: { id: SCHOOL },
    groupMemberships: members.map((member) => ({ person: { id: member } })),
    ...more,
  };
}

export function mentorDuty(staff: string, groups: readonly string[], more: Fields = {}): Fields {
  return {
    id: guid(8, Number(staff.slice(-3))),
    person: { id: staff },
    dutyAt: { id: SCHOOL },
    dutyRole: 'Lärare',
    startDate: '2026-08-18',
    assignmentRole: groups.map((id) => ({
      group: { id },
      assignmentRoleType: 'Mentor',
      startDate: '2026-08-18',
    })),
    ...more,
  };
}

/** A lesson of an hour from 08:10 for the first group. */
export function calendarEvent(id: string, more: Fields = {}, embedded: Fields = {}): Fields {
  return {
    id,
    activity: { id: guid(7, 1) },
    startTime: '2026-11-23T08:10:00+01:00',
    endTime: '2026-11-23T09:10:00+01:00',
    ...more,
    _embedded: { activity: activity(), attendance: [], ...embedded },
  };
}

export function activity(more: Fields = {}): Fields {
  return {
    id: guid(7, 1),
    displayName: 'Matematik',
    activityType: 'Undervisning',
    groups: [{ id: groupId(1) }],
    ...more,
  };
}

export function attendance(pupil: string, more: Fields = {}): Fields {
  return { student: { id: pupil }, isReported: true, attendanceMinutes: 60, ...more };
}

export function absence(id: string, pupil: string, more: Fields = {}): Fields {
  return {
    id,
    type: 'Anmäld frånvaro',
    student: { id: pupil },
    startTime: '2026-11-23T00:00:00+01:00',
    endTime: '2026-11-23T23:59:59+01:00',
    ...more,
  };
}
