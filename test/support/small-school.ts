import { Temporal } from 'temporal-polyfill';
import type {
  AttendanceSource,
  SourceAttendance,
  SourceLesson,
  SourceNotice,
} from '../../services/attendance/attendance-source.ts';
import { municipalityFrom } from '../../services/config/load-municipality.ts';
import { type Municipality, municipalityFile } from '../../services/config/municipality.ts';
import type { RosterSource } from '../../services/people/roster-source.ts';
import { guid } from './guid.ts';
import type { ConnectorMember } from './loopback-connector.ts';
import { emailOf, mentorIds, rosterStaff, type SmallStaff, smallRoles, smallStaff } from './small-staff.ts';
import type { TeamsPerson } from './teams-user.ts';

export const MONDAY = Temporal.PlainDate.from('2026-11-23');
export const TENANT = '99999999-0000-4000-8000-000000000001';
export const COORDINATOR_CHANNEL = '19:coordinator@thread.tacv2';

/** `HH:mm` on that Monday in Stockholm. */
export function clockTime(time: string, day = MONDAY): Temporal.Instant {
  return day
    .toZonedDateTime({ timeZone: 'Europe/Stockholm', plainTime: Temporal.PlainTime.from(time) })
    .toInstant();
}

export { guid };

export const pupilId = (number: number) => guid(1, number);
export const groupId = (number: number) => guid(2, number);
export const channelId = (number: number) => `19:mentors${number}@thread.tacv2`;

/** A municipality of one school with so many mentor groups, each with a channel of its own. */
export function smallMunicipality(
  serviceUrl: string,
  groups: number,
  more: Readonly<Record<string, unknown>> = {},
): Municipality {
  const names = Array.from({ length: groups }, (_, index) => [groupName(index), channelId(index)]);
  const file = municipalityFile.parse({
    municipality: 'Testköping',
    teams: { tenants: [TENANT], serviceUrl },
    calendar: { schoolYear: '2026/2027', terms: [{ from: '2026-08-18', to: '2026-12-18' }] },
    sources: [
      { id: 'memory', kind: 'ss12000', url: 'http://127.0.0.1:1/', gives: ['roster', 'lessons', 'notices'] },
    ],
    schools: [
      {
        id: 'norr',
        name: 'Norrskolan',
        organisation: guid(9, 1),
        roles: smallRoles,
        channels: { coordinator: COORDINATOR_CHANNEL, mentorGroups: Object.fromEntries(names) },
      },
    ],
    ...more,
  });
  return municipalityFrom(file);
}

export function groupName(index: number): string {
  return `${7 + (index % 3)}${String.fromCharCode(65 + (Math.floor(index / 3) % 26))}${index >= 78 ? Math.floor(index / 78) : ''}`;
}

/** A school in memory, whose morning a test writes as it likes. */
export interface SmallSchool {
  readonly roster: RosterSource;
  readonly attendance: AttendanceSource;
  /** What each pupil was in the first lesson (08:10-09:10); undefined: the lesson is not reported. */
  marks: ((pupil: number, day: string) => Mark) | undefined;
  notices: SourceNotice[];
  /** The ISO dates that have lessons. */
  days: string[];
  /** The mentor groups of a pupil, by number. */
  groupsOf: (pupil: number) => readonly number[];
  isProtected: (pupil: number) => boolean;
  staff: readonly SmallStaff[];
  /** Thrown by the next readings of a day, where set. */
  failure: Error | undefined;
}

/** `unmarked`: nothing is reported of the pupil. */
export type Mark = 'here' | 'missing' | 'late' | 'valid' | 'unmarked';

/** Groups of `perGroup` pupils; the last pupil of the first group is protected where asked for. */
export function smallSchool(
  groups: number,
  perGroup: number,
  options: { readonly withProtected?: boolean; readonly now: () => Temporal.Instant },
): SmallSchool {
  const protectedPupil = options.withProtected === true ? perGroup - 1 : -1;
  const school: SmallSchool = {
    marks: () => 'here',
    notices: [],
    days: [MONDAY.toString()],
    groupsOf: (pupil) => [Math.floor(pupil / perGroup)],
    isProtected: (pupil) => pupil === protectedPupil,
    staff: smallStaff,
    failure: undefined,
    roster: {
      id: 'memory',
      readRoster: async () => roster(school, { groups, pupils: groups * perGroup }, options.now()),
    },
    attendance: {
      id: 'memory',
      gives: new Set(['lessons', 'notices'] as const),
      readDay: async (_school, day) => {
        if (school.failure !== undefined) throw school.failure;
        return {
          lessons: school.days.includes(day.toString()) ? lessons(groups, perGroup, school.marks, day) : [],
          notices: day.equals(MONDAY) ? school.notices : [],
          rejected: [],
          readAt: options.now(),
        };
      },
      readSums: async () => ({ sums: [], rejected: [] }),
    },
  };
  return school;
}

function roster(
  school: Pick<SmallSchool, 'groupsOf' | 'isProtected' | 'staff'>,
  size: { readonly groups: number; readonly pupils: number },
  readAt: Temporal.Instant,
) {
  const numbers = Array.from({ length: size.pupils }, (_, index) => index);
  return {
    isWhole: true,
    cursor: 'now',
    pupils: numbers.map((number) =>
      school.isProtected(number)
        ? { isProtected: true as const, id: pupilId(number), schoolId: 'norr', grade: 8 }
        : {
            isProtected: false as const,
            id: pupilId(number),
            schoolId: 'norr',
            givenName: `Elev${number}`,
            familyName: 'Exempel',
            grade: 8,
          },
    ),
    staff: school.staff.map(rosterStaff),
    groups: Array.from({ length: size.groups }, (_, group) => ({
      id: groupId(group),
      schoolId: 'norr',
      kind: 'mentor' as const,
      name: groupName(group),
      pupilIds: numbers.filter((number) => school.groupsOf(number).includes(group)).map(pupilId),
      mentorIds: mentorIds(school.staff, group),
    })),
    removed: { personIds: [], groupIds: [] },
    rejected: [],
    readAt,
  };
}

function lessons(
  groups: number,
  perGroup: number,
  marks: SmallSchool['marks'],
  day: Temporal.PlainDate,
): SourceLesson[] {
  return Array.from({ length: groups }, (_, group) => ({
    id: guid(4, day.dayOfYear * 1_000 + group),
    startsAt: clockTime('08:10', day),
    endsAt: clockTime('09:10', day),
    subject: 'Matematik',
    isCancelled: false,
    offeredMinutes: 60,
    groupIds: [groupId(group)],
    exceptions: [],
    attendances:
      marks === undefined
        ? []
        : Array.from({ length: perGroup }, (_, index) => index).flatMap((index) =>
            attendance(group * perGroup + index, (pupil) => marks(pupil, day.toString())),
          ),
  }));
}

const MINUTES: Readonly<Record<Exclude<Mark, 'unmarked'>, Omit<SourceAttendance, 'pupilId'>>> = {
  here: { presentMinutes: 60, validMinutes: 0, invalidMinutes: 0, elsewhereMinutes: 0 },
  missing: { presentMinutes: 0, validMinutes: 0, invalidMinutes: 60, elsewhereMinutes: 0 },
  late: { presentMinutes: 45, validMinutes: 0, invalidMinutes: 15, elsewhereMinutes: 0 },
  valid: { presentMinutes: 0, validMinutes: 60, invalidMinutes: 0, elsewhereMinutes: 0 },
};

function attendance(number: number, marks: (pupil: number) => Mark): readonly SourceAttendance[] {
  const mark = marks(number);
  return mark === 'unmarked' ? [] : [{ pupilId: pupilId(number), ...MINUTES[mark] }];
}

/** A guardian's report for the whole day. */
export function reportedAllDay(number: number): SourceNotice {
  return {
    id: guid(5, number),
    pupilId: pupilId(number),
    kind: 'reported',
    startsAt: clockTime('00:00'),
    endsAt: clockTime('23:59'),
  };
}

/** As Teams lists them in a conversation. */
export function memberOf({ teamsId: id, entraId: aadObjectId, name }: TeamsPerson): ConnectorMember {
  return { id, name, aadObjectId, email: emailOf(name), tenantId: TENANT, userRole: 'user' };
}
