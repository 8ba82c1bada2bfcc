import { Temporal } from 'temporal-polyfill';
import type { School } from '../config/municipality.ts';
import type { FollowUpRow } from './follow-up.ts';

/** When contact should have been made with a pupil whose follow-up begins now: at the school's time, or in a while. */
export function dueAt(
  school: School,
  day: Temporal.PlainDate,
  reason: FollowUpRow['reason'],
  now: Temporal.Instant,
): Temporal.Instant {
  const time = reason === 'longTermAbsence' ? school.ladder.longTermDue : school.times.followUpDue;
  return latest(wallClock(school, day, time), now.add({ minutes: school.ladder.retryMinutes }));
}

/**
 * When the next try is due after one that reached nobody: in a while, but not later than the last check of the day while that
 * lies ahead.
 */
export function dueAgainAt(school: School, day: Temporal.PlainDate, now: Temporal.Instant): Temporal.Instant {
  const later = now.add({ minutes: school.ladder.retryMinutes });
  const lastCheck = wallClock(school, day, school.times.lastCheck);
  const isPast = Temporal.Instant.compare(now, lastCheck) >= 0;
  return isPast || Temporal.Instant.compare(later, lastCheck) <= 0 ? later : lastCheck;
}

/** A wall time of a school's day; on a time that DST leaves out, the next there is. */
export function wallClock(
  school: Pick<School, 'timeZone'>,
  day: Temporal.PlainDate,
  time: string,
): Temporal.Instant {
  return day
    .toZonedDateTime({ timeZone: school.timeZone, plainTime: Temporal.PlainTime.from(time) })
    .toInstant();
}

function latest(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) >= 0 ? a : b;
}
