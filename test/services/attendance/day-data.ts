import { Temporal } from 'temporal-polyfill';
import type {
  AttendanceDay,
  SourceAttendance,
  SourceLesson,
  SourceNotice,
} from '../../../services/attendance/attendance-source.ts';

export const MONDAY = Temporal.PlainDate.from('2026-11-23');

/** What the attendance services write. */
export const ATTENDANCE_TABLES = ['lesson', 'pupil_lesson', 'absence_notice', 'day_sum', 'period_sum'];

/** `HH:mm` in Stockholm. */
export function at(time: string, day = MONDAY): Temporal.Instant {
  return day
    .toZonedDateTime({ timeZone: 'Europe/Stockholm', plainTime: Temporal.PlainTime.from(time) })
    .toInstant();
}

const NOTHING = { presentMinutes: 0, validMinutes: 0, invalidMinutes: 0, elsewhereMinutes: 0 };

/** What a teacher reported, in a lesson of 60 minutes where not said otherwise. */
export const report = {
  here: (pupilId: string) => ({ ...NOTHING, pupilId, presentMinutes: 60 }),
  late: (pupilId: string) => ({ ...NOTHING, pupilId, presentMinutes: 45, invalidMinutes: 15 }),
  invalid: (pupilId: string) => ({ ...NOTHING, pupilId, invalidMinutes: 60 }),
  valid: (pupilId: string) => ({ ...NOTHING, pupilId, validMinutes: 60 }),
  minutes: (pupilId: string, minutes: Partial<SourceAttendance>) => ({ ...NOTHING, ...minutes, pupilId }),
};

/** A lesson of an hour from `time`. */
export function lesson(
  id: string,
  time: string,
  more: Partial<SourceLesson> = {},
  day = MONDAY,
): SourceLesson {
  return {
    id,
    startsAt: at(time, day),
    endsAt: at(time, day).add({ minutes: 60 }),
    subject: `Subject ${id}`,
    isCancelled: false,
    offeredMinutes: 60,
    groupIds: [],
    exceptions: [],
    attendances: [],
    ...more,
  };
}

export function notice(id: string, pupilId: string, from: string, to: string, day = MONDAY): SourceNotice {
  return { id, pupilId, kind: 'reported', startsAt: at(from, day), endsAt: at(to, day) };
}

export function attendance(
  lessons: readonly SourceLesson[],
  notices: readonly SourceNotice[] = [],
): AttendanceDay {
  return { lessons, notices, rejected: [], readAt: at('08:45') };
}
