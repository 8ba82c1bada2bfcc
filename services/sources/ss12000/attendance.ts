import { Temporal } from 'temporal-polyfill';
import type {
  AttendanceDay,
  AttendanceKind,
  SourceAttendance,
  SourceLesson,
  SourceNotice,
} from '../../attendance/attendance-source.ts';
import type { RejectedRecord } from '../../people/roster-source.ts';
import { readRecords } from './records.ts';
import type { Reading } from './roster.ts';
import {
  type AbsenceRecord,
  absence,
  attendanceRecord,
  type CalendarEventRecord,
  calendarEvent,
} from './schema.ts';

/** Activities that are no teaching: homework help, lunch, meetings of teachers. */
const NOT_TEACHING: ReadonlySet<string> = new Set(['Läraraktivitet', 'Övrigt']);
const NOTICE_KINDS: Readonly<Record<string, SourceNotice['kind']>> = {
  'Anmäld frånvaro': 'reported',
  'Beviljad ledighet': 'leave',
};

/** Reads a school's day on its own wall clock, DST or not: lessons with attendance, and the notices that overlap it. */
export async function readAttendanceDay(
  reading: Reading,
  gives: ReadonlySet<AttendanceKind>,
  schoolId: string,
  day: Temporal.PlainDate,
): Promise<AttendanceDay> {
  const readAt = reading.clock.now();
  const units = await reading.units.of(schoolId);
  const window = windowOf(day, reading.timeZone);
  const lessons: SourceLesson[] = [];
  const notices: SourceNotice[] = [];
  const rejected: RejectedRecord[] = [];
  for (const unit of units) {
    if (gives.has('lessons')) await readLessons(reading, unit, window, { lessons, rejected });
    if (gives.has('notices')) await readNotices(reading, unit, window, { notices, rejected });
  }
  return { lessons, notices, rejected, readAt };
}

interface Window {
  readonly from: string;
  readonly to: string;
}

function windowOf(day: Temporal.PlainDate, timeZone: string): Window {
  const from = day.toZonedDateTime(timeZone);
  const to = day.add({ days: 1 }).toZonedDateTime(timeZone).subtract({ seconds: 1 });
  return { from: from.toString({ timeZoneName: 'never' }), to: to.toString({ timeZoneName: 'never' }) };
}

async function readLessons(
  { client, timeZone }: Reading,
  unit: string,
  window: Window,
  into: { readonly lessons: SourceLesson[]; readonly rejected: RejectedRecord[] },
): Promise<void> {
  const raw = await client.list('calendarEvents', {
    'startTime.onOrAfter': window.from,
    'startTime.onOrBefore': window.to,
    organisation: unit,
    expand: ['activity', 'attendance'],
  });
  const { records, rejected } = readRecords('calendarEvent', calendarEvent, raw);
  for (const one of rejected) into.rejected.push(one);
  for (const event of records) {
    const { activity } = event._embedded;
    if (activity === null || activity === undefined) {
      into.rejected.push({
        kind: 'calendarEvent',
        id: event.id,
        path: '_embedded.activity',
        reason: 'missing',
      });
    } else if (!NOT_TEACHING.has(activity.activityType ?? '')) {
      into.lessons.push(lesson(event, activity, timeZone, into.rejected));
    }
  }
}

function lesson(
  event: CalendarEventRecord,
  activity: NonNullable<CalendarEventRecord['_embedded']['activity']>,
  timeZone: string,
  rejected: RejectedRecord[],
): SourceLesson {
  const startsAt = instantOf(event.startTime, timeZone);
  const endsAt = instantOf(event.endTime, timeZone);
  const isCancelled = event.cancelled === true;
  const length =
    event.teachingLengthStudent ?? Math.max(0, Math.round(endsAt.since(startsAt).total('minutes')));
  const exceptions = event.studentExceptions.map(({ student, participates, teachingLength }) => ({
    pupilId: student.id,
    offeredMinutes: isCancelled || !participates ? 0 : (teachingLength ?? length),
  }));
  const own = new Map(exceptions.map((exception) => [exception.pupilId, exception.offeredMinutes]));
  const read = readRecords('attendance', attendanceRecord, event._embedded.attendance);
  for (const one of read.rejected) rejected.push({ ...one, id: event.id });
  return {
    id: event.id,
    startsAt,
    endsAt,
    subject: activity.displayName,
    isCancelled,
    offeredMinutes: isCancelled ? 0 : length,
    groupIds: activity.groups.map((group) => group.id),
    exceptions,
    // What is not reported says nothing, whatever minutes stand there.
    attendances: read.records
      .filter((record) => record.isReported)
      .map((record) => attendance(record, own.get(record.student.id) ?? length)),
  };
}

function attendance(
  record: ReturnType<typeof attendanceRecord.parse>,
  offeredMinutes: number,
): SourceAttendance {
  const validMinutes = record.validAbsenceMinutes ?? 0;
  const invalidMinutes = record.invalidAbsenceMinutes ?? 0;
  const elsewhereMinutes = record.otherAttendanceMinutes ?? 0;
  const rest = Math.max(0, offeredMinutes - validMinutes - invalidMinutes - elsewhereMinutes);
  const presentMinutes = record.attendanceMinutes ?? rest;
  return { pupilId: record.student.id, presentMinutes, validMinutes, invalidMinutes, elsewhereMinutes };
}

async function readNotices(
  { client, timeZone }: Reading,
  unit: string,
  window: Window,
  into: { readonly notices: SourceNotice[]; readonly rejected: RejectedRecord[] },
): Promise<void> {
  const raw = await client.list('absences', {
    organisation: unit,
    'startTime.onOrBefore': window.to,
    'endTime.onOrAfter': window.from,
  });
  const { records, rejected } = readRecords('absence', absence, raw);
  for (const one of rejected) into.rejected.push(one);
  for (const record of records) {
    const kind = NOTICE_KINDS[record.type];
    if (kind !== undefined) into.notices.push(notice(record, kind, timeZone));
  }
}

function notice(record: AbsenceRecord, kind: SourceNotice['kind'], timeZone: string): SourceNotice {
  return {
    id: record.id,
    pupilId: record.student.id,
    kind,
    startsAt: instantOf(record.startTime, timeZone),
    endsAt: instantOf(record.endTime, timeZone),
  };
}

/** Some suppliers leave the offset out; what they mean is the school's wall clock. */
function instantOf(text: string, timeZone: string): Temporal.Instant {
  const hasOffset = /(Z|[+-]\d{2}:?\d{2})$/i.test(text);
  return hasOffset
    ? Temporal.Instant.from(text)
    : Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).toInstant();
}
