import type { Temporal } from 'temporal-polyfill';
import type { School } from '../config/municipality.ts';
import { wallClock } from './due-times.ts';

/** Whether nobody at the school is to be written to now: it is too early in the day, or too late. */
export function isQuietAt(school: School, now: Temporal.Instant): boolean {
  const day = now.toZonedDateTimeISO(school.timeZone).toPlainDate();
  const at = now.epochMilliseconds;
  const { quietBefore, quietAfter } = school.ladder;
  return (
    at < wallClock(school, day, quietBefore).epochMilliseconds ||
    at >= wallClock(school, day, quietAfter).epochMilliseconds
  );
}
