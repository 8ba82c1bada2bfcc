import { Temporal } from 'temporal-polyfill';
import { isSchoolDay } from '../services/calendar/school-days.ts';
import { type DemoMark, markOf, noticeOf, reportedAt } from './attendance.ts';
import { demoCalendar } from './calendar.ts';
import type { DemoMunicipality, DemoPupil, DemoSchool } from './municipality.ts';
import { guardianOf, meta, personReference, SINCE } from './ss12000-records.ts';
import { type DemoLesson, lessonsOf, TIME_ZONE } from './timetable.ts';

/** Whose records are asked for, and when: what is not known yet is not there. */
export interface Asked {
  readonly municipality: DemoMunicipality;
  readonly school: DemoSchool;
  readonly now: Temporal.Instant;
}

export interface Window {
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant;
}

/** A school's timetable between two instants, as it is known `now`: what no teacher has reported yet is not there. */
export function calendarEventRecords(
  asked: Asked & { readonly isExpanded: (part: string) => boolean },
  window: Window,
): readonly object[] {
  const { municipality, school, isExpanded } = asked;
  return daysOf(window).flatMap((day) =>
    lessonsOf(municipality.seed, school, day)
      .filter(({ startsAt }) => isWithin(startsAt, window))
      .map((lesson) => ({
        ...calendarEventRecord(lesson),
        _embedded: {
          ...(isExpanded('activity') ? { activity: activityRecord(school, lesson) } : {}),
          ...(isExpanded('attendance') ? { attendance: attendanceRecords(asked, lesson, day) } : {}),
        },
      })),
  );
}

function calendarEventRecord(lesson: DemoLesson): object {
  return {
    id: lesson.id,
    meta,
    activity: { id: lesson.activity },
    startTime: inZone(lesson.startsAt),
    endTime: inZone(lesson.endsAt),
    cancelled: lesson.isCancelled,
    teachingLengthStudent: lesson.minutes,
    studentExceptions: [],
    rooms: [{ id: lesson.room.id }],
  };
}

function activityRecord(school: DemoSchool, lesson: DemoLesson): object {
  return {
    id: lesson.activity,
    meta,
    displayName: lesson.subject,
    calendarEventsRequired: true,
    startDate: SINCE,
    activityType: lesson.type,
    groups: [{ id: lesson.group.id }],
    organisation: { id: school.organisation },
  };
}

function attendanceRecords(
  { municipality: { seed }, now }: Asked,
  lesson: DemoLesson,
  day: Temporal.PlainDate,
): readonly object[] {
  const reported = reportedAt(seed, lesson);
  const isReported = reported !== undefined && Temporal.Instant.compare(reported, now) <= 0;
  if (lesson.type !== 'Undervisning' || lesson.isCancelled || !isReported) return [];
  const of = {
    calendarEvent: { id: lesson.id },
    isReported: true,
    reportedTimestamp: reported.toString(),
  };
  return lesson.group.pupils.map((pupil) => {
    const mark = markOf(seed, pupil, lesson, { day, now });
    return { ...of, ...attendanceRecord(pupil, mark), id: attendanceId(lesson, pupil) };
  });
}

function attendanceRecord(pupil: DemoPupil, mark: DemoMark): object {
  return {
    meta,
    student: personReference(pupil),
    attendanceMinutes: mark.present,
    validAbsenceMinutes: mark.valid,
    invalidAbsenceMinutes: mark.invalid,
    otherAttendanceMinutes: 0,
  };
}

/** Half of the one id and half of the other. */
function attendanceId(lesson: DemoLesson, pupil: DemoPupil): string {
  return `${lesson.id.slice(0, 18)}${pupil.id.slice(18)}`;
}

/** The notices that overlap a window, of those that have been made by `now`. */
export function absenceRecords(
  { municipality: { seed }, school, now }: Asked,
  window: Window,
): readonly object[] {
  return daysOf(window).flatMap((day) =>
    school.pupils.flatMap((pupil) => {
      const notice = noticeOf(seed, pupil, day);
      if (notice === undefined || Temporal.Instant.compare(notice.madeAt, now) > 0) return [];
      return [
        {
          id: notice.id,
          meta: { created: notice.madeAt.toString(), modified: notice.madeAt.toString() },
          startTime: inZone(notice.startsAt),
          endTime: inZone(notice.endsAt),
          type: notice.type,
          student: personReference(pupil),
          ...(notice.type === 'Anmäld frånvaro' ? { registeredBy: { id: guardianOf(pupil) } } : {}),
          organisation: { id: school.organisation },
        },
      ];
    }),
  );
}

/** More days than there are in a school year are never asked for at once. */
const MOST_DAYS = 400;

function daysOf({ from, to }: Window): readonly Temporal.PlainDate[] {
  const first = from.toZonedDateTimeISO(TIME_ZONE).toPlainDate();
  const last = to.toZonedDateTimeISO(TIME_ZONE).toPlainDate();
  const length = Math.min(first.until(last).days + 1, MOST_DAYS);
  return Array.from({ length: Math.max(length, 0) }, (_, days) => first.add({ days })).filter((day) =>
    isSchoolDay(demoCalendar, day),
  );
}

function isWithin(at: Temporal.Instant, { from, to }: Window): boolean {
  return Temporal.Instant.compare(from, at) <= 0 && Temporal.Instant.compare(at, to) <= 0;
}

function inZone(at: Temporal.Instant): string {
  return at.toZonedDateTimeISO(TIME_ZONE).toString({ timeZoneName: 'never', smallestUnit: 'second' });
}
