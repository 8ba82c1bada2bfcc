import type { Temporal } from 'temporal-polyfill';
import type {
  AttendanceDay,
  SourceAttendance,
  SourceLesson,
} from '../services/attendance/attendance-source.ts';
import type { RosterChange } from '../services/people/roster-source.ts';
import { clockTime, groupName, guid } from '../test/support/small-school.ts';

/** A large school, and a whole day of it: 1,500 pupils with six lessons each. */
export const SCHOOL = 'storskolan';
const GROUPS = 60;
const GROUP_PUPILS = 25;
const STARTS = ['08:10', '09:20', '10:20', '12:05', '13:15', '14:15'];
const MINUTES = 50;
export const ROWS = GROUPS * GROUP_PUPILS * STARTS.length;
/** One row in so many is another one in a day that was changed: 5 %. */
export const CHANGED_EVERY = 20;

export function schoolRoster(): RosterChange {
  return {
    isWhole: true,
    cursor: '',
    pupils: groups().flatMap(({ pupilIds }) =>
      pupilIds.map((id) => ({ isProtected: true as const, id, schoolId: SCHOOL, grade: 8 })),
    ),
    staff: [],
    groups: groups(),
    removed: { personIds: [], groupIds: [] },
    rejected: [],
    readAt: clockTime('05:30'),
  };
}

/** A day as a source gives it when every lesson has been reported; or with a twentieth of it otherwise. */
export function schoolDay(day: Temporal.PlainDate, isChanged = false): AttendanceDay {
  const lessons = groups().flatMap(({ id, pupilIds }, group) =>
    STARTS.map((start, hour): SourceLesson => {
      const startsAt = clockTime(start, day);
      return {
        id: lessonId(day, group, hour),
        startsAt,
        endsAt: startsAt.add({ minutes: MINUTES }),
        subject: 'Matematik',
        isCancelled: false,
        offeredMinutes: MINUTES,
        groupIds: [id],
        exceptions: [],
        attendances: pupilIds.map((pupilId, index) =>
          attendanceOf(pupilId, (group + index) * STARTS.length + hour, isChanged),
        ),
      };
    }),
  );
  return { lessons, notices: [], rejected: [], readAt: clockTime('15:30', day) };
}

/** One in ten is away; of a changed day, one in twenty is the other way round. */
function attendanceOf(pupilId: string, row: number, isChanged: boolean): SourceAttendance {
  const isAway = (row % 10 === 0) !== (isChanged && row % CHANGED_EVERY === 1);
  return {
    pupilId,
    presentMinutes: isAway ? 0 : MINUTES,
    validMinutes: 0,
    invalidMinutes: isAway ? MINUTES : 0,
    elsewhereMinutes: 0,
  };
}

function groups() {
  return Array.from({ length: GROUPS }, (_, group) => ({
    id: guid(2, group),
    schoolId: SCHOOL,
    kind: 'mentor' as const,
    name: groupName(group),
    pupilIds: Array.from({ length: GROUP_PUPILS }, (_pupil, index) => guid(1, group * GROUP_PUPILS + index)),
    mentorIds: [],
  }));
}

function lessonId(day: Temporal.PlainDate, group: number, hour: number): string {
  return guid(day.dayOfYear, group * STARTS.length + hour);
}
