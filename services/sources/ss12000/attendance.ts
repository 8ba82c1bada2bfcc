import type { Temporal } from 'temporal-polyfill';
import type { AttendanceDay, AttendanceKind } from '../../attendance/attendance-source.ts';
import { readLessons } from './lessons.ts';
import { readNotices } from './notices.ts';
import type { Reading } from './roster.ts';
import { windowOf } from './times.ts';

const NOTHING = { records: [], rejected: [], protectedIds: new Set<string>() };

/** Reads a school's day on its own wall clock: lessons with attendance, and the notices that overlap it. */
export async function readAttendanceDay(
  reading: Reading,
  gives: ReadonlySet<AttendanceKind>,
  schoolId: string,
  day: Temporal.PlainDate,
): Promise<AttendanceDay> {
  const readAt = reading.clock.now();
  const units = await reading.units.of(schoolId);
  const window = windowOf(day, reading.timeZone);
  const lessons = gives.has('lessons') ? await readLessons(reading, units, window) : NOTHING;
  const notices = gives.has('notices') ? await readNotices(reading, units, window) : NOTHING;
  return {
    lessons: lessons.records,
    notices: notices.records,
    protectedIds: new Set([...lessons.protectedIds, ...notices.protectedIds]),
    rejected: [...lessons.rejected, ...notices.rejected],
    readAt,
  };
}
