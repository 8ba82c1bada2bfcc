import { Temporal } from 'temporal-polyfill';
import type { LongTermLimits } from '../config/municipality.ts';
import { isOver, type Sums } from './rate.ts';

/** How far back long-term absence is judged: four weeks, up to and including the day before. */
export const LONG_TERM_DAYS = 28;

/** With fewer school days than this in the window, as after summer, two days of fever would be half of what is known. */
const LEAST_SCHOOL_DAYS = 5;

/** A pupil's school day. A day without lessons has no fact. */
export interface DayFact {
  readonly day: Temporal.PlainDate;
  readonly lessonsReported: number;
  readonly lessonsMissed: number;
}

export interface LongTermFacts {
  /**
   * The four weeks before today. Today is left out: it is not over, and whoever is long-term absent in the morning should
   * be so all day.
   */
  readonly window: Sums;
  /** School days in the window: those that offered the pupil something. */
  readonly windowDays: number;
  /** As `daysInRow` gives it. */
  readonly daysInRow: number;
}

/**
 * School days in a row, up to and including `day`, on which the pupil was absent in every reported lesson. A day of which
 * nothing is reported neither breaks the row nor counts. `days` in any order, one fact a day.
 */
export function daysInRow(days: readonly DayFact[], day: Temporal.PlainDate): number {
  const known = days.filter(
    (fact) => fact.lessonsReported > 0 && Temporal.PlainDate.compare(fact.day, day) <= 0,
  );
  const lastFirst = known.sort((a, b) => Temporal.PlainDate.compare(b.day, a.day));
  const lastHere = lastFirst.findIndex((fact) => fact.lessonsMissed < fact.lessonsReported);
  return lastHere === -1 ? lastFirst.length : lastHere;
}

/** Whether a pupil is so absent that they are to be seen every day, whatever is reported. */
export function isLongTerm(facts: LongTermFacts, limits: LongTermLimits): boolean {
  if (facts.daysInRow >= limits.daysInRow) return true;
  return facts.windowDays >= LEAST_SCHOOL_DAYS && isOver(facts.window, limits.absenceOver);
}
