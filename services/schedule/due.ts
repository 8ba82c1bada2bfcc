import { Temporal } from 'temporal-polyfill';
import { meetingOn } from '../calendar/eht-meetings.ts';
import { isSchoolDay, nextSchoolDay } from '../calendar/school-days.ts';
import { dayAt } from '../clock.ts';
import type { School } from '../config/municipality.ts';
import { EHT_LIST_JOB, isReread, type ScheduledJob, schoolSchedule } from './schedule.ts';

/** A scheduled job that is to be done now, or that is too late and is put down as skipped. */
export interface DueRun {
  readonly job: string;
  /** The school; for a roster the id of its source. */
  readonly schoolId: string;
  readonly day: Temporal.PlainDate;
  readonly action: 'run' | 'skip';
  /** Why it is skipped, as a stable code. */
  readonly note: 'tooLate' | 'notRun' | undefined;
}

/** What the ledger has of one school and day: job → state. A job with a row is never due again. */
export type DayLedger = ReadonlyMap<string, 'started' | 'done' | 'failed' | 'skipped'>;

/**
 * What is due at a school now, from its schedule, its calendar and what the ledger already has. On a wall time that DST
 * leaves out, a job is due as much later as is left out; on one that comes twice, at the first.
 */
export function dueAtSchool(school: School, ledger: DayLedger, now: Temporal.Instant): readonly DueRun[] {
  const day = dayAt(now, school);
  if (!isSchoolDay(school.calendar, day)) return [];
  const due = schoolSchedule
    .filter(({ job, at }) => !ledger.has(job) && isReached(school, day, school.times[at], now))
    .filter(({ after }) => after === undefined || ledger.has(after))
    .filter(({ endsWeek }) => endsWeek !== true || isLastOfWeek(school, day))
    .map((scheduled) => ({ ...scheduled, note: whySkipped(scheduled, school, day, ledger, now) }));
  const begins = due.filter(({ note }) => note === undefined).map(({ job }) => job);
  return due
    .filter(({ yieldsTo }) => yieldsTo === undefined || !begins.includes(yieldsTo))
    .map(({ job, note }) => {
      return { job, schoolId: school.id, day, action: note === undefined ? 'run' : 'skip', note };
    });
}

function isLastOfWeek({ calendar }: School, day: Temporal.PlainDate): boolean {
  const next = nextSchoolDay(calendar, day);
  return next === undefined || next.weekOfYear !== day.weekOfYear || next.yearOfWeek !== day.yearOfWeek;
}

/** Whether a source's roster is to be read: once on every day, from the given wall time on. */
export function dueRoster(
  source: { readonly id: string; readonly at: string; readonly timeZone: string },
  ledger: DayLedger,
  now: Temporal.Instant,
): readonly DueRun[] {
  const day = dayAt(now, source);
  if (ledger.has('roster') || !isReached(source, day, source.at, now)) return [];
  return [{ job: 'roster', schoolId: source.id, day, action: 'run', note: undefined }];
}

/** Whether a job of the school, put down for `day`, is of no use any more: its process was down, or its source, for too long. */
export function isTooLate(
  school: School,
  job: string,
  day: Temporal.PlainDate,
  now: Temporal.Instant,
): boolean {
  if (job === EHT_LIST_JOB) {
    const meeting = meetingOn(school, day);
    return meeting === undefined || Temporal.Instant.compare(now, meeting.endsAt) >= 0;
  }
  const until = isReread(job) ? 'dayClose' : schoolSchedule.find((one) => one.job === job)?.until;
  return until !== undefined && isReached(school, day, school.times[until], now);
}

function whySkipped(
  scheduled: ScheduledJob,
  school: School,
  day: Temporal.PlainDate,
  ledger: DayLedger,
  now: Temporal.Instant,
): DueRun['note'] {
  if (scheduled.after !== undefined && ledger.get(scheduled.after) === 'skipped') return 'notRun';
  return isTooLate(school, scheduled.job, day, now) ? 'tooLate' : undefined;
}

function isReached(
  { timeZone }: { readonly timeZone: string },
  day: Temporal.PlainDate,
  wallTime: string,
  now: Temporal.Instant,
): boolean {
  const at = day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(wallTime) });
  return Temporal.Instant.compare(now, at.toInstant()) >= 0;
}
