import { Temporal } from 'temporal-polyfill';
import { dayAt } from '../clock.ts';
import type { School } from '../config/municipality.ts';
import { isSchoolDay, previousSchoolDays } from './school-days.ts';

/** A meeting of a school's EHT; its day names it. */
export interface Meeting {
  readonly day: Temporal.PlainDate;
  readonly startsAt: Temporal.Instant;
  readonly endsAt: Temporal.Instant;
  /** When its list is posted: on the school day before. */
  readonly listAt: Temporal.Instant;
}

export type MeetingSchool = Pick<School, 'eht' | 'calendar' | 'timeZone' | 'times'>;

/** How far ahead a meeting is looked for: further apart than this none are. */
const LONGEST_LOOK = 120;

/**
 * The meetings of a school between two days, both included, in order. On a day on which the school is closed there is none,
 * unless it is moved; one that is moved is there where it is moved to, and not where it was.
 */
export function meetingsBetween(
  school: MeetingSchool,
  first: Temporal.PlainDate,
  last: Temporal.PlainDate,
): readonly Meeting[] {
  const { eht } = school;
  if (eht === undefined) return [];
  const moved = eht.exceptions.flatMap(({ movedTo }) => (movedTo === undefined ? [] : [movedTo]));
  const excepted = new Set(eht.exceptions.map(({ day }) => day));
  const days = [
    ...regularDays(school, first, last)
      .filter((day) => !excepted.has(day.toString()))
      .map((day) => ({ day, time: eht.time })),
    ...moved.map(({ day, time }) => ({ day: Temporal.PlainDate.from(day), time: time ?? eht.time })),
  ];
  return days
    .filter(({ day }) => isWithin(day, first, last) && isSchoolDay(school.calendar, day))
    .map(({ day, time }) => meetingOf(school, day, time))
    .toSorted((a, b) => Temporal.PlainDate.compare(a.day, b.day));
}

/** The meeting of a day; undefined where there is none. */
export function meetingOn(school: MeetingSchool, day: Temporal.PlainDate): Meeting | undefined {
  return meetingsBetween(school, day, day)[0];
}

/** The first meeting that has not ended; undefined where none is in sight. */
export function nextMeeting(school: MeetingSchool, now: Temporal.Instant): Meeting | undefined {
  const today = dayAt(now, school);
  return meetingsBetween(school, today, today.add({ days: LONGEST_LOOK })).find(
    ({ endsAt }) => Temporal.Instant.compare(now, endsAt) < 0,
  );
}

/** The meetings whose list is to be there by now: of today, or with no school day before them any more. */
export function meetingsToList(school: MeetingSchool, now: Temporal.Instant): readonly Meeting[] {
  const today = dayAt(now, school);
  return meetingsBetween(school, today, today.add({ days: LONGEST_LOOK })).filter(
    ({ listAt }) => Temporal.Instant.compare(now, listAt) >= 0,
  );
}

/** Every so many weeks from the first, whatever the calendar says of the day. */
function regularDays(
  { eht }: MeetingSchool,
  first: Temporal.PlainDate,
  last: Temporal.PlainDate,
): readonly Temporal.PlainDate[] {
  if (eht === undefined) return [];
  const from = Temporal.PlainDate.from(eht.from);
  const step = 7 * eht.everyWeeks;
  const passed = Math.max(0, Math.ceil(from.until(first, { largestUnit: 'days' }).days / step));
  const count = Math.floor(from.until(last, { largestUnit: 'days' }).days / step) - passed + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) =>
    from.add({ days: (passed + index) * step }),
  );
}

function meetingOf(school: MeetingSchool, day: Temporal.PlainDate, time: string): Meeting {
  const startsAt = instantOf(school, day, time);
  const minutes = school.eht?.minutes ?? 0;
  return { day, startsAt, endsAt: startsAt.add({ minutes }), listAt: listAtOf(school, day) };
}

/** Where the calendar begins with the very day, its list comes in the early morning. */
function listAtOf(school: MeetingSchool, day: Temporal.PlainDate): Temporal.Instant {
  const [before] = previousSchoolDays(school.calendar, day, 1);
  return before === undefined
    ? instantOf(school, day, school.times.roster)
    : instantOf(school, before, school.eht?.listAt ?? school.times.roster);
}

/** On a wall time that DST leaves out, as much later as is left out; on one that comes twice, the first. */
function instantOf({ timeZone }: MeetingSchool, day: Temporal.PlainDate, time: string): Temporal.Instant {
  return day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).toInstant();
}

function isWithin(day: Temporal.PlainDate, first: Temporal.PlainDate, last: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(first, day) <= 0 && Temporal.PlainDate.compare(day, last) <= 0;
}
