import { Temporal } from 'temporal-polyfill';
import { type Meeting, type MeetingSchool, meetingsBetween } from '../calendar/eht-meetings.ts';
import { dayAt } from '../clock.ts';
import type { School } from '../config/municipality.ts';
import type { DayLedger, DueRun } from './due.ts';
import { EHT_LIST_JOB } from './schedule.ts';

/** A list is posted at most so many days before its meeting: the longest break between two school days. */
const LONGEST_BREAK = 100;

/** The meetings whose list is to be there by now: of today, or with no school day before them any more. */
export function meetingsToList(school: MeetingSchool, now: Temporal.Instant): readonly Meeting[] {
  const today = dayAt(now, school);
  return meetingsBetween(school, today, today.add({ days: LONGEST_BREAK })).filter(
    ({ listAt }) => Temporal.Instant.compare(now, listAt) >= 0,
  );
}

/**
 * The lists of EHT's that are due, once for each meeting: on the school day before it, and made up for until it ends. One that
 * nobody could have used any more is skipped, visibly.
 */
export function dueEhtLists(
  school: School,
  ledgerOf: (day: Temporal.PlainDate) => DayLedger,
  now: Temporal.Instant,
): readonly DueRun[] {
  return meetingsToList(school, now)
    .filter(({ day }) => !ledgerOf(day).has(EHT_LIST_JOB))
    .map(({ day, endsAt }) => {
      const isOver = Temporal.Instant.compare(now, endsAt) >= 0;
      const common = { job: EHT_LIST_JOB, schoolId: school.id, day };
      return isOver
        ? { ...common, action: 'skip' as const, note: 'tooLate' as const }
        : { ...common, action: 'run' as const, note: undefined };
    });
}
