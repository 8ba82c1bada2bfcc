import { Temporal } from 'temporal-polyfill';
import type { AttendanceDay, AttendanceKind, AttendanceSource } from '../attendance/attendance-source.ts';
import { importDay } from '../attendance/import-attendance.ts';
import type { Log } from '../log.ts';
import type { PeopleListener } from '../people/protect-pupils.ts';
import type { Db } from '../storage/database.ts';

export interface PullDeps {
  readonly db: Db;
  readonly attendance: readonly AttendanceSource[];
  readonly onPeople: PeopleListener;
  readonly log: Log;
}

/** Reads a school's day from every source that gives part of it, and stores it. */
export async function pullDay(deps: PullDeps, schoolId: string, day: Temporal.PlainDate): Promise<void> {
  const given = await readDay(deps, schoolId, day);
  if (given !== undefined) await importDay(deps, schoolId, day, given);
}

/**
 * A school's day from every source that gives part of it; undefined where none does. Fails whole where one source fails:
 * lessons without the guardians' notices would call reported pupils missing.
 */
export async function readDay(
  { attendance, log }: Pick<PullDeps, 'attendance' | 'log'>,
  schoolId: string,
  day: Temporal.PlainDate,
): Promise<AttendanceDay | undefined> {
  const daily = attendance.filter((source) => givesAny(source, ['lessons', 'notices']));
  if (daily.length === 0) return undefined;
  const days = await Promise.all(daily.map((source) => source.readDay(schoolId, day)));
  const whole = merge(days);
  if (whole.rejected.length > 0) logRejected(log, schoolId, day, whole);
  return whole;
}

/** Without lessons nothing can be said of a day. */
export function givesLessons(sources: readonly AttendanceSource[]): boolean {
  return sources.some((source) => source.gives.has('lessons'));
}

function givesAny(source: AttendanceSource, kinds: readonly AttendanceKind[]): boolean {
  return kinds.some((kind) => source.gives.has(kind));
}

/** Each kind comes from one source (the configuration sees to it), so that the parts only have to be laid together. */
function merge(days: readonly AttendanceDay[]): AttendanceDay {
  return {
    lessons: days.flatMap((day) => day.lessons),
    notices: days.flatMap((day) => day.notices),
    protectedIds: new Set(days.flatMap((day) => [...(day.protectedIds ?? [])])),
    rejected: days.flatMap((day) => day.rejected),
    // As old as its oldest part.
    readAt: days.map((day) => day.readAt).reduce((a, b) => (Temporal.Instant.compare(a, b) < 0 ? a : b)),
  };
}

function logRejected(log: Log, schoolId: string, day: Temporal.PlainDate, { rejected }: AttendanceDay): void {
  // Of whom they are is not told: among them may be a protected pupil.
  const first = rejected.slice(0, 5).map(({ kind, path, reason }) => ({ kind, path, reason }));
  log.warn(
    { school: schoolId, day: day.toString(), rejected: rejected.length, first },
    'Some records of the source could not be read and were left out; show these to its supplier',
  );
}
