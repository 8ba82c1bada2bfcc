import type { Temporal } from 'temporal-polyfill';
import { isSchoolDay } from '../calendar/school-days.ts';
import { dayAt } from '../clock.ts';
import type { School } from '../config/municipality.ts';
import { wallClock } from './due-times.ts';

/** Whether nobody at the school is to be written to now: it is closed, or it is too early in the day or too late. */
export function isQuietAt(
  school: Pick<School, 'calendar' | 'timeZone' | 'ladder'>,
  now: Temporal.Instant,
): boolean {
  const day = dayAt(now, school);
  if (!isSchoolDay(school.calendar, day)) return true;
  const at = now.epochMilliseconds;
  const { quietBefore, quietAfter } = school.ladder;
  return (
    at < wallClock(school, day, quietBefore).epochMilliseconds ||
    at >= wallClock(school, day, quietAfter).epochMilliseconds
  );
}
