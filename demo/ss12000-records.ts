import { Temporal } from 'temporal-polyfill';
import { markOf, noticeOf, reportedAt } from './attendance.ts';
import type { DemoGroup, DemoMunicipality, DemoPupil, DemoSchool, DemoTeacher } from './municipality.ts';
import { id } from './random.ts';
import { type DemoLesson, lessonsOf, TIME_ZONE } from './timetable.ts';

/** The school year's start: everything of the roster was last changed before it. */
const SINCE = '2026-08-10';
const meta = { created: `${SINCE}T08:00:00Z`, modified: `${SINCE}T08:00:00Z` };

export function organisationRecord(school: DemoSchool): object {
  return {
    id: school.organisation,
    meta,
    displayName: school.name,
    organisationType: 'Skolenhet',
    schoolTypes: ['GR'],
  };
}

export function pupilRecord(school: DemoSchool, pupil: DemoPupil): object {
  return {
    id: pupil.id,
    meta,
    givenName: pupil.givenName,
    familyName: pupil.familyName,
    securityMarking: pupil.isProtected ? 'Sekretessmarkering' : 'Ingen',
    personStatus: 'Aktiv',
    enrolments: [
      {
        enroledAt: { id: school.organisation, displayName: school.name },
        schoolYear: pupil.grade,
        schoolType: 'GR',
        startDate: SINCE,
      },
    ],
  };
}

export function teacherRecord(teacher: DemoTeacher): object {
  return {
    id: teacher.id,
    meta,
    givenName: teacher.givenName,
    familyName: teacher.familyName,
    securityMarking: 'Ingen',
    personStatus: 'Aktiv',
    eduPersonPrincipalNames: [teacher.email],
    emails: [{ value: teacher.email, type: 'Skola personal' }],
  };
}

export function groupRecord(school: DemoSchool, group: DemoGroup): object {
  return {
    id: group.id,
    meta,
    displayName: group.name,
    startDate: SINCE,
    groupType: group.kind,
    schoolType: 'GR',
    organisation: { id: school.organisation },
    groupMemberships: group.pupils.map((pupil) => ({ person: personReference(pupil), startDate: SINCE })),
  };
}

export function dutyRecord(school: DemoSchool, teacher: DemoTeacher): object {
  const groups = school.groups.filter((group) => group.mentors.some((mentor) => mentor.id === teacher.id));
  return {
    id: id('duty', teacher.id),
    meta,
    person: { id: teacher.id },
    dutyAt: { id: school.organisation },
    dutyRole: 'Lärare',
    startDate: SINCE,
    assignmentRole: groups.map((group) => ({
      group: { id: group.id },
      assignmentRoleType: 'Mentor',
      startDate: SINCE,
    })),
  };
}

/** A school's timetable between two instants, as it is known `now`: what no teacher has reported yet is not there. */
export function calendarEventRecords(
  { seed }: DemoMunicipality,
  school: DemoSchool,
  window: { readonly from: Temporal.Instant; readonly to: Temporal.Instant },
  now: Temporal.Instant,
): readonly object[] {
  return daysOf(window).flatMap((day) =>
    lessonsOf(seed, school, day)
      .filter(({ startsAt }) => isWithin(startsAt, window))
      .map((lesson) => calendarEventRecord(seed, school, lesson, day, now)),
  );
}

function calendarEventRecord(
  seed: number,
  school: DemoSchool,
  lesson: DemoLesson,
  day: Temporal.PlainDate,
  now: Temporal.Instant,
): object {
  const reported = reportedAt(seed, lesson);
  const isReported = reported !== undefined && Temporal.Instant.compare(reported, now) <= 0;
  const hasAttendance = lesson.type === 'Undervisning' && !lesson.isCancelled && isReported;
  return {
    id: lesson.id,
    meta,
    activity: { id: lesson.activity, displayName: lesson.subject },
    startTime: inZone(lesson.startsAt),
    endTime: inZone(lesson.endsAt),
    cancelled: lesson.isCancelled,
    teachingLengthStudent: lesson.minutes,
    studentExceptions: [],
    _embedded: {
      activity: {
        id: lesson.activity,
        meta,
        displayName: lesson.subject,
        calendarEventsRequired: true,
        startDate: SINCE,
        activityType: lesson.type,
        groups: [{ id: lesson.group.id }],
        organisation: { id: school.organisation },
      },
      attendance: hasAttendance
        ? lesson.group.pupils.map((pupil) => attendanceRecord(seed, pupil, lesson, { day, now, reported }))
        : [],
    },
  };
}

function attendanceRecord(
  seed: number,
  pupil: DemoPupil,
  lesson: DemoLesson,
  at: {
    readonly day: Temporal.PlainDate;
    readonly now: Temporal.Instant;
    readonly reported: Temporal.Instant;
  },
): object {
  const mark = markOf(seed, pupil, lesson, at);
  return {
    id: `${lesson.id.slice(0, 18)}${pupil.id.slice(18)}`,
    meta,
    calendarEvent: { id: lesson.id },
    student: personReference(pupil),
    isReported: true,
    attendanceMinutes: mark.present,
    validAbsenceMinutes: mark.valid,
    invalidAbsenceMinutes: mark.invalid,
    otherAttendanceMinutes: 0,
    reportedTimestamp: at.reported.toString(),
  };
}

/** The notices that overlap a window, of those that have been made by `now`. */
export function absenceRecords(
  { seed }: DemoMunicipality,
  school: DemoSchool,
  window: { readonly from: Temporal.Instant; readonly to: Temporal.Instant },
  now: Temporal.Instant,
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
          organisation: { id: school.organisation },
        },
      ];
    }),
  );
}

function personReference(pupil: DemoPupil): object {
  return { id: pupil.id, securityMarking: pupil.isProtected ? 'Sekretessmarkering' : 'Ingen' };
}

/** More days than this are never asked for at once. */
const MOST_DAYS = 62;

function daysOf({
  from,
  to,
}: {
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant;
}): readonly Temporal.PlainDate[] {
  const first = from.toZonedDateTimeISO(TIME_ZONE).toPlainDate();
  const last = to.toZonedDateTimeISO(TIME_ZONE).toPlainDate();
  const days: Temporal.PlainDate[] = [];
  for (
    let day = first;
    Temporal.PlainDate.compare(day, last) <= 0 && days.length < MOST_DAYS;
    day = day.add({ days: 1 })
  ) {
    if (day.dayOfWeek < 6) days.push(day);
  }
  return days;
}

function isWithin(
  at: Temporal.Instant,
  { from, to }: { readonly from: Temporal.Instant; readonly to: Temporal.Instant },
): boolean {
  return Temporal.Instant.compare(from, at) <= 0 && Temporal.Instant.compare(at, to) <= 0;
}

function inZone(at: Temporal.Instant): string {
  return at.toZonedDateTimeISO(TIME_ZONE).toString({ timeZoneName: 'never', smallestUnit: 'second' });
}
