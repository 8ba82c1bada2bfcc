import type { Temporal } from 'temporal-polyfill';
import type { RejectedRecord } from '../people/roster-source.ts';

/**
 * Where lessons, attendance and notices come from. A source declares what it can give; what it cannot give is absent
 * from `gives` and the method is not called.
 */
export interface AttendanceSource {
  readonly id: string;
  readonly gives: ReadonlySet<AttendanceKind>;
  /** A school's day: lessons with attendance (where given) and notices that overlap it (where given). */
  readDay(schoolId: string, day: Temporal.PlainDate): Promise<AttendanceDay>;
  /** Sums per pupil from `firstDay` to `lastDay` inclusive, from a source that gives `sums`. */
  readSums(
    schoolId: string,
    firstDay: Temporal.PlainDate,
    lastDay: Temporal.PlainDate,
  ): Promise<AttendanceSums>;
}

export type AttendanceKind = 'lessons' | 'notices' | 'sums';

export interface AttendanceDay {
  readonly lessons: readonly SourceLesson[];
  readonly notices: readonly SourceNotice[];
  /** Whoever any of the records marks as protected: the roster may learn of it only tomorrow. */
  readonly protectedIds?: ReadonlySet<string> | undefined;
  readonly rejected: readonly RejectedRecord[];
  readonly readAt: Temporal.Instant;
}

/** One lesson. Only activities that count as teaching are given; a cancelled one is given with 0 offered minutes. */
export interface SourceLesson {
  readonly id: string;
  readonly startsAt: Temporal.Instant;
  readonly endsAt: Temporal.Instant;
  readonly subject: string;
  /** The name of the room; undefined where it is not known. */
  readonly room?: string | undefined;
  readonly isCancelled: boolean;
  /** Minutes offered to a pupil without an exception of their own. */
  readonly offeredMinutes: number;
  /** The groups whose members are expected. */
  readonly groupIds: readonly string[];
  readonly exceptions: readonly LessonException[];
  readonly attendances: readonly SourceAttendance[];
}

/** A pupil who does not take part (0 minutes), takes part for another length, or is added to the lesson. */
export interface LessonException {
  readonly pupilId: string;
  readonly offeredMinutes: number;
}

/** What a teacher reported of one pupil, in minutes. Given only where `isReported`. */
export interface SourceAttendance {
  readonly pupilId: string;
  readonly presentMinutes: number;
  readonly validMinutes: number;
  readonly invalidMinutes: number;
  readonly elsewhereMinutes: number;
}

/** A guardian's report or granted leave, whole days or hours; the reason is never read. `endsAt` is exclusive. */
export interface SourceNotice {
  readonly id: string;
  readonly pupilId: string;
  readonly kind: 'reported' | 'leave';
  readonly startsAt: Temporal.Instant;
  readonly endsAt: Temporal.Instant;
}

export interface AttendanceSums {
  readonly sums: readonly {
    readonly pupilId: string;
    readonly offeredMinutes: number;
    readonly reportedMinutes: number;
    readonly validMinutes: number;
    readonly invalidMinutes: number;
  }[];
  readonly rejected: readonly RejectedRecord[];
}
