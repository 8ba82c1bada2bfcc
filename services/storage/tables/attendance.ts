import type { Generated } from 'kysely';
import type { Temporal } from 'temporal-polyfill';

/** One lesson on one day that counts as teaching; what does not count is not stored. */
export interface LessonTable {
  id: string;
  schoolId: string;
  day: Temporal.PlainDate;
  startsAt: Temporal.Instant;
  endsAt: Temporal.Instant;
  subject: string;
  /** The room's name; null where the source does not say, or nobody asks. */
  room: string | null;
}

/**
 * One pupil's part of one lesson, in minutes. `offeredMinutes` is 0 where the lesson was cancelled or the pupil did not
 * take part. While `isReported` is false the other minutes are 0 and mean nothing: unknown, neither absent nor present.
 */
export interface PupilLessonTable {
  lessonId: string;
  pupilId: string;
  schoolId: string;
  day: Temporal.PlainDate;
  offeredMinutes: number;
  isReported: boolean;
  presentMinutes: number;
  validMinutes: number;
  invalidMinutes: number;
  elsewhereMinutes: number;
}

/** A guardian's report or granted leave; why is never kept. */
export interface AbsenceNoticeTable {
  id: string;
  pupilId: string;
  schoolId: string;
  kind: 'reported' | 'leave';
  startsAt: Temporal.Instant;
  endsAt: Temporal.Instant;
}

/** A pupil's school day in minutes and counts, always rebuilt whole from its lessons. */
export interface DaySumTable {
  pupilId: string;
  day: Temporal.PlainDate;
  schoolId: string;
  offeredMinutes: number;
  reportedMinutes: number;
  validMinutes: number;
  invalidMinutes: number;
  lessons: number;
  lessonsReported: number;
  lessonsMissed: number;
  lateArrivals: number;
  /** Whole lessons missed without a valid reason. */
  invalidLessons: Generated<number>;
}

/** Minutes of a whole period from a source that gives sums only. `firstDay` and `lastDay` inclusive. */
export interface PeriodSumTable {
  pupilId: string;
  firstDay: Temporal.PlainDate;
  lastDay: Temporal.PlainDate;
  schoolId: string;
  offeredMinutes: number;
  reportedMinutes: number;
  validMinutes: number;
  invalidMinutes: number;
}
