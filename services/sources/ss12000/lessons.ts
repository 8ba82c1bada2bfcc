import type { LessonException, SourceAttendance, SourceLesson } from '../../attendance/attendance-source.ts';
import type { RejectedRecord } from '../../people/roster-source.ts';
import { type ReadList, readParts, readPerUnit } from './records.ts';
import type { Reading } from './roster.ts';
import {
  type AttendanceRecord,
  attendance,
  type CalendarEventRecord,
  calendarEvent,
  studentException,
} from './schema.ts';
import { instantOf, isBefore, type Window } from './times.ts';

/** Activities that are no teaching: homework help, lunch, meetings of teachers. */
const NOT_TEACHING: ReadonlySet<string> = new Set(['Läraraktivitet', 'Övrigt']);

/** Whether minutes of an activity count; of a type that Sedd does not know they do. */
export function isTeaching(activity: { readonly activityType?: string | null | undefined }): boolean {
  return !NOT_TEACHING.has(activity.activityType ?? '');
}

/** The lessons that begin within the window, with what is reported of them. */
export async function readLessons(
  { client, rooms, timeZone }: Reading,
  units: readonly string[],
  window: Window,
): Promise<ReadList<SourceLesson>> {
  const events = await readPerUnit(client, units, {
    path: 'calendarEvents',
    kind: 'calendarEvent',
    schema: calendarEvent,
    query: (organisation) => ({
      'startTime.onOrAfter': window.from,
      'startTime.onOrBefore': window.to,
      organisation,
      expand: ['activity', 'attendance'],
    }),
  });
  const roomNames = await rooms.names();
  const rejected: RejectedRecord[] = [...events.rejected];
  const lessons = events.records
    .filter((event) => isTeaching(event._embedded.activity))
    .map((event) => lessonOf(event, { timeZone, roomNames }, rejected))
    // A source that does not know the filter answers with the whole term.
    .filter(({ startsAt }) => !isBefore(startsAt, window.startsAt) && isBefore(startsAt, window.endsAt));
  return { records: lessons, rejected, protectedIds: events.protectedIds };
}

interface Around {
  readonly timeZone: string;
  readonly roomNames: ReadonlyMap<string, string>;
}

function lessonOf(
  event: CalendarEventRecord,
  { timeZone, roomNames }: Around,
  rejected: RejectedRecord[],
): SourceLesson {
  const startsAt = instantOf(event.startTime, timeZone);
  const endsAt = instantOf(event.endTime, timeZone);
  const isCancelled = event.cancelled === true;
  const between = Math.max(0, Math.round(endsAt.since(startsAt).total('minutes')));
  const length = event.teachingLengthStudent ?? between;
  const { activity } = event._embedded;
  const exceptions = exceptionsOf(event, length, rejected);
  return {
    id: event.id,
    startsAt,
    endsAt,
    subject: activity.displayName,
    // Of several rooms none is more the lesson's than another.
    room: event.rooms.length === 1 ? roomNames.get(event.rooms[0]?.id ?? '') : undefined,
    isCancelled,
    offeredMinutes: isCancelled ? 0 : length,
    groupIds: activity.groups.map((group) => group.id),
    exceptions: isCancelled ? exceptions.map((one) => ({ ...one, offeredMinutes: 0 })) : exceptions,
    attendances: attendancesOf(event, length, exceptions, rejected),
  };
}

function exceptionsOf(
  { id, studentExceptions }: CalendarEventRecord,
  length: number,
  rejected: RejectedRecord[],
): readonly LessonException[] {
  const owner = { kind: 'calendarEvent', id, path: 'studentExceptions' };
  const read = readParts(owner, studentException, studentExceptions);
  for (const one of read.rejected) rejected.push(one);
  return read.records.map(({ student, participates, teachingLength }) => ({
    pupilId: student.id,
    offeredMinutes: participates ? (teachingLength ?? length) : 0,
  }));
}

/** What is not reported says nothing, whatever minutes stand there. */
function attendancesOf(
  { id, _embedded }: CalendarEventRecord,
  length: number,
  exceptions: readonly LessonException[],
  rejected: RejectedRecord[],
): readonly SourceAttendance[] {
  const owner = { kind: 'calendarEvent', id, path: 'attendance' };
  const read = readParts(owner, attendance, _embedded.attendance);
  for (const one of read.rejected) rejected.push(one);
  const own = new Map(exceptions.map((exception) => [exception.pupilId, exception.offeredMinutes]));
  return read.records
    .filter((record) => record.isReported)
    .map((record) => attendanceOf(record, own.get(record.student.id) ?? length));
}

function attendanceOf(record: AttendanceRecord, offeredMinutes: number): SourceAttendance {
  const validMinutes = record.validAbsenceMinutes ?? 0;
  const invalidMinutes = record.invalidAbsenceMinutes ?? 0;
  const elsewhereMinutes = record.otherAttendanceMinutes ?? 0;
  const rest = Math.max(0, offeredMinutes - validMinutes - invalidMinutes - elsewhereMinutes);
  const presentMinutes = record.attendanceMinutes ?? rest;
  return { pupilId: record.student.id, presentMinutes, validMinutes, invalidMinutes, elsewhereMinutes };
}
