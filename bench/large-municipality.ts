import { familyNames, givenNames } from '../demo/names.ts';
import type {
  AttendanceSource,
  SourceAttendance,
  SourceLesson,
  SourceNotice,
} from '../services/attendance/attendance-source.ts';
import { municipalityFrom } from '../services/config/load-municipality.ts';
import { type Municipality, municipalityFile } from '../services/config/municipality.ts';
import type { RosterSource } from '../services/people/roster-source.ts';
import { clockTime, groupName, guid, MONDAY, TENANT } from '../test/support/small-school.ts';

/** How large a made-up municipality is; each school has so many groups, and each group so many pupils. */
export interface Size {
  readonly schools: number;
  readonly groups: number;
  readonly pupils: number;
  /** Pupils of each group who are away without a word on Monday morning. */
  readonly missing: number;
}

/** A municipality in memory in which every group has a channel of its own, and every school a coordinator's. */
export interface LargeMunicipality {
  readonly municipality: Municipality;
  readonly roster: RosterSource;
  readonly attendance: AttendanceSource;
}

const STARTS = ['08:10', '09:20', '10:20', '12:05', '13:15', '14:15'];
const MINUTES = 50;
/** One group in so many has a teacher who has not reported the first lesson by the time of the card. */
const UNREPORTED_EVERY = 8;

export function largeMunicipality(size: Size, serviceUrl: string): LargeMunicipality {
  const schools = Array.from({ length: size.schools }, (_, school) => school);
  return {
    municipality: configuration(size, schools, serviceUrl),
    roster: { id: 'memory', readRoster: async () => roster(size, schools) },
    attendance: {
      id: 'memory',
      gives: new Set(['lessons', 'notices'] as const),
      readDay: async (schoolId, day) => ({
        lessons: day.equals(MONDAY) ? lessons(size, numberOf(schoolId)) : [],
        notices: day.equals(MONDAY) ? notices(size, numberOf(schoolId)) : [],
        rejected: [],
        readAt: clockTime('08:45'),
      }),
      readSums: async () => ({ sums: [], rejected: [] }),
    },
  };
}

function configuration(size: Size, schools: readonly number[], serviceUrl: string): Municipality {
  const file = municipalityFile.parse({
    municipality: 'Storköping',
    teams: { tenants: [TENANT], serviceUrl },
    // Term begins on the day itself, so that there are no earlier days to read.
    calendar: { schoolYear: '2026/2027', terms: [{ from: MONDAY.toString(), to: '2026-12-18' }] },
    // However many are missing, it is as it should be.
    gate: { leastShareAbsent: 1 },
    sources: [
      { id: 'memory', kind: 'ss12000', url: 'http://127.0.0.1:1/', gives: ['roster', 'lessons', 'notices'] },
    ],
    schools: schools.map((school) => ({
      id: schoolId(school),
      name: `Skola ${school + 1}`,
      organisation: guid(9, school),
      channels: { coordinator: coordinatorChannel(school), mentorGroups: mentorChannels(size, school) },
    })),
  });
  return municipalityFrom(file);
}

function mentorChannels(size: Size, school: number): Readonly<Record<string, string>> {
  return Object.fromEntries(groupsOf(size, school).map(({ index, id }) => [groupName(index), channelOf(id)]));
}

function roster(size: Size, schools: readonly number[]) {
  const groups = schools.flatMap((school) => groupsOf(size, school));
  return {
    isWhole: true,
    cursor: 'now',
    pupils: groups.flatMap((group) => group.pupils.map((number) => pupil(group.school, number))),
    staff: groups.map(({ mentor, number }) => ({
      id: mentor,
      ...nameOf(number + 7),
      email: mentorEmail(number),
      principalName: undefined,
    })),
    groups: groups.map((group) => ({
      id: group.id,
      schoolId: schoolId(group.school),
      kind: 'mentor' as const,
      name: groupName(group.index),
      pupilIds: group.pupils.map(pupilId),
      mentorIds: [group.mentor],
    })),
    removed: { personIds: [], groupIds: [] },
    rejected: [],
    readAt: clockTime('05:30'),
  };
}

function pupil(school: number, number: number) {
  const names = nameOf(number);
  return {
    isProtected: false as const,
    id: pupilId(number),
    schoolId: schoolId(school),
    ...names,
    grade: 8,
  };
}

function nameOf(number: number): { readonly givenName: string; readonly familyName: string } {
  const givenName = givenNames[number % givenNames.length] ?? '';
  const familyName = familyNames[Math.floor(number / 3) % familyNames.length] ?? '';
  return { givenName, familyName };
}

/** The whole day of each group, of which the first lesson has been reported, by most. */
function lessons(size: Size, school: number): SourceLesson[] {
  return groupsOf(size, school).flatMap((group) =>
    STARTS.map((start, hour): SourceLesson => {
      const startsAt = clockTime(start);
      const isReported = hour === 0 && group.index % UNREPORTED_EVERY !== UNREPORTED_EVERY - 1;
      return {
        id: guid(4, group.number * STARTS.length + hour),
        startsAt,
        endsAt: startsAt.add({ minutes: MINUTES }),
        subject: 'Matematik',
        isCancelled: false,
        offeredMinutes: MINUTES,
        groupIds: [group.id],
        exceptions: [],
        attendances: isReported ? group.pupils.map((number, index) => attendanceOf(size, number, index)) : [],
      };
    }),
  );
}

/** First those who are missing, then one who is late; one more is reported by a guardian, and the others are here. */
function attendanceOf({ missing }: Size, number: number, index: number): SourceAttendance {
  const isAway = index < missing || index === missing + 1;
  const late = index === missing ? 12 : 0;
  const invalidMinutes = isAway ? MINUTES : late;
  return {
    pupilId: pupilId(number),
    presentMinutes: MINUTES - invalidMinutes,
    validMinutes: 0,
    invalidMinutes,
    elsewhereMinutes: 0,
  };
}

function notices(size: Size, school: number): SourceNotice[] {
  return groupsOf(size, school).flatMap(({ pupils }) =>
    pupils.slice(size.missing + 1, size.missing + 2).map((number) => ({
      id: guid(5, number),
      pupilId: pupilId(number),
      kind: 'reported' as const,
      startsAt: clockTime('00:00'),
      endsAt: clockTime('23:59'),
    })),
  );
}

interface Group {
  readonly id: string;
  readonly number: number;
  readonly school: number;
  readonly index: number;
  readonly mentor: string;
  readonly pupils: readonly number[];
}

function groupsOf(size: Size, school: number): readonly Group[] {
  return Array.from({ length: size.groups }, (_, index) => {
    const number = school * size.groups + index;
    const pupils = Array.from({ length: size.pupils }, (_pupil, place) => number * size.pupils + place);
    return { id: guid(2, number), number, school, index, mentor: guid(3, number), pupils };
  });
}

/** The number of the mentor whose group a channel is. */
export function mentorNumberOf(channel: string): number {
  return Number(/(\d+)@/.exec(channel)?.[1]);
}

/** A mentor as Teams knows them. */
export function mentorInTeams(number: number) {
  return {
    id: `29:mentor${number}`,
    name: `Mentor ${number}`,
    aadObjectId: `entra-mentor${number}`,
    email: mentorEmail(number),
    tenantId: TENANT,
    userRole: 'user' as const,
  };
}

const mentorEmail = (number: number) => `mentor${number}@skola.example`;
const schoolId = (school: number) => `skola-${school + 1}`;
const numberOf = (id: string) => Number(id.split('-')[1]) - 1;
const pupilId = (number: number) => guid(1, number);
const channelOf = (id: string) => `19:${id}@thread.tacv2`;
const coordinatorChannel = (school: number) => `19:coordinator${school}@thread.tacv2`;
