import { Temporal } from 'temporal-polyfill';
import { isSchoolDay } from '../calendar/school-days.ts';
import type { School } from '../config/municipality.ts';
import type { DayLedger, DueRun } from './due.ts';
import { REREAD } from './schedule.ts';

/**
 * The reading of the day that is due now, between its refresh and its close: every so many minutes as the school has
 * it, and before the coordinator is told of what is open, so that nobody is called for what has been reported meanwhile. Of
 * several that were missed only the last is made up for: it finds what the others would have found.
 */
export function dueReread(school: School, ledger: DayLedger, now: Temporal.Instant): readonly DueRun[] {
  const wall = now.toZonedDateTimeISO(school.timeZone);
  const hasRefreshed = ledger.has('refresh') && ledger.get('refresh') !== 'started';
  if (!hasRefreshed || !isOpen(school, ledger, wall)) return [];
  const slot = slotsOf(school).findLast((time) => time <= timeOf(wall));
  return slot === undefined ? [] : dueAt(school, ledger, wall, slot);
}

/** The reading that news from the student system ask for: at most one a minute, however many there are. */
export function rereadForNews(school: School, ledger: DayLedger, now: Temporal.Instant): readonly DueRun[] {
  const wall = now.toZonedDateTimeISO(school.timeZone);
  return isOpen(school, ledger, wall) ? dueAt(school, ledger, wall, timeOf(wall)) : [];
}

/** The reading of a day that a person asks for: one of those in its course, and once it is closed its close again. */
export function askedReading(school: School, day: Temporal.PlainDate, now: Temporal.Instant): DueRun {
  const wall = now.toZonedDateTimeISO(school.timeZone);
  const isClosed = !wall.toPlainDate().equals(day) || timeOf(wall) >= school.times.dayClose;
  const job = isClosed ? 'dayClose' : `${REREAD}${timeOf(wall)}`;
  return { job, schoolId: school.id, day, action: 'run', note: undefined };
}

/** The morning's own readings come first, and the day's last one is its close. */
function isOpen({ calendar, times }: School, ledger: DayLedger, wall: Temporal.ZonedDateTime): boolean {
  const hasMorning = ledger.get('morning') === 'done' || ledger.get('refresh') === 'done';
  return hasMorning && isSchoolDay(calendar, wall.toPlainDate()) && timeOf(wall) < times.dayClose;
}

function dueAt(
  school: School,
  ledger: DayLedger,
  wall: Temporal.ZonedDateTime,
  slot: string,
): readonly DueRun[] {
  const job = `${REREAD}${slot}`;
  if (ledger.has(job)) return [];
  return [{ job, schoolId: school.id, day: wall.toPlainDate(), action: 'run', note: undefined }];
}

/** Wall times, in order. */
function slotsOf({ times, rereadMinutes }: School): readonly string[] {
  const slots = new Set([times.escalate, times.lastCheck]);
  const refresh = Temporal.PlainTime.from(times.refresh);
  const minutes = refresh.until(times.dayClose).total('minutes');
  for (let after = rereadMinutes; after <= minutes; after += rereadMinutes) {
    slots.add(refresh.add({ minutes: after }).toString({ smallestUnit: 'minute' }));
  }
  return [...slots].filter((slot) => slot > times.refresh && slot < times.dayClose).sort();
}

function timeOf(wall: Temporal.ZonedDateTime): string {
  return wall.toPlainTime().toString({ smallestUnit: 'minute' });
}
