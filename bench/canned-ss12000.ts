import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AttendanceDay, SourceLesson } from '../services/attendance/attendance-source.ts';
import { guid } from '../test/support/small-school.ts';

export const ORGANISATION = guid(9, 1);

/** An SS 12000 server that answers from memory, made beforehand: what is timed is the reader, not the server. */
export interface CannedSs12000 {
  readonly url: string;
  close(): Promise<void>;
}

/** `days`: ISO day → what is in the student system on it. */
export async function startCannedSs12000(days: ReadonlyMap<string, AttendanceDay>): Promise<CannedSs12000> {
  const events = new Map([...days].map(([day, { lessons }]) => [day, listOf(lessons.map(eventRecord))]));
  const organisations = listOf([{ id: ORGANISATION, displayName: 'Storskolan' }]);
  const nothing = listOf([]);
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const day = searchParams.get('startTime.onOrAfter')?.slice(0, 10) ?? '';
    const list =
      pathname === '/organisations'
        ? organisations
        : pathname === '/calendarEvents'
          ? events.get(day)
          : nothing;
    response.setHeader('content-type', 'application/json');
    response.end(list ?? nothing);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function listOf(data: readonly object[]): Buffer {
  return Buffer.from(JSON.stringify({ data, pageToken: null }));
}

function eventRecord(lesson: SourceLesson): object {
  const activity = guid(6, 1);
  return {
    id: lesson.id,
    activity: { id: activity, displayName: lesson.subject },
    startTime: lesson.startsAt.toString(),
    endTime: lesson.endsAt.toString(),
    cancelled: lesson.isCancelled,
    teachingLengthStudent: lesson.offeredMinutes,
    studentExceptions: [],
    _embedded: {
      activity: {
        id: activity,
        displayName: lesson.subject,
        activityType: 'Undervisning',
        groups: lesson.groupIds.map((id) => ({ id })),
      },
      attendance: lesson.attendances.map((each) => ({
        id: guid(7, 1),
        calendarEvent: { id: lesson.id },
        student: { id: each.pupilId, securityMarking: 'Ingen' },
        isReported: true,
        attendanceMinutes: each.presentMinutes,
        validAbsenceMinutes: each.validMinutes,
        invalidAbsenceMinutes: each.invalidMinutes,
        otherAttendanceMinutes: each.elsewhereMinutes,
        reportedTimestamp: lesson.startsAt.toString(),
      })),
    },
  };
}
