import fc from 'fast-check';
import type { Temporal } from 'temporal-polyfill';
import { daysInRow } from '../../../services/attendance/long-term.ts';
import type { WindowSums } from '../../../services/attendance/window-sums.ts';
import { schoolWith } from '../schedule/schools.ts';
import { MONDAY } from './day-data.ts';

export const { calendar } = schoolWith();
export const LESSON_MINUTES = 60;

/** What each of a day's lessons was to a pupil. */
export type Outcome = 'here' | 'late' | 'valid' | 'invalid' | 'unknown';

/** How many days before the Monday, and what the lessons were. */
export type AnyDay = readonly [daysBefore: number, lessons: readonly Outcome[]];

/** A pupil's days in any order, over term and month edges and the autumn holiday. */
export const daysArbitrary: fc.Arbitrary<readonly AnyDay[]> = fc.uniqueArray(
  fc.tuple(
    fc.nat(110),
    fc.array(fc.constantFrom<Outcome>('here', 'late', 'valid', 'invalid', 'invalid', 'unknown'), {
      minLength: 1,
      maxLength: 3,
    }),
  ),
  { selector: ([daysBefore]) => daysBefore, maxLength: 15 },
);

export function dayOf([daysBefore]: AnyDay): Temporal.PlainDate {
  return MONDAY.subtract({ days: daysBefore });
}

const count = (lessons: readonly Outcome[], ...outcomes: readonly Outcome[]) =>
  lessons.filter((one) => outcomes.includes(one)).length;

/** A window's sums counted by hand, day by day. */
export function windowByHand(days: readonly AnyDay[], firstDay: Temporal.PlainDate): WindowSums {
  const within = days.filter((day) => dayOf(day).toString() >= firstDay.toString());
  const lessons = within.flatMap(([, each]) => each);
  return {
    offeredMinutes: lessons.length * LESSON_MINUTES,
    reportedMinutes: (lessons.length - count(lessons, 'unknown')) * LESSON_MINUTES,
    validMinutes: count(lessons, 'valid') * LESSON_MINUTES,
    invalidMinutes: count(lessons, 'invalid') * LESSON_MINUTES + count(lessons, 'late') * 15,
    schoolDays: within.length,
    lessonsMissed: count(lessons, 'valid', 'invalid'),
    invalidLessons: count(lessons, 'invalid'),
    lateArrivals: count(lessons, 'late'),
    occasions: occasionsByHand(within),
  };
}

/** Walks through the known days: away after being here begins a new occasion. */
function occasionsByHand(days: readonly AnyDay[]): number {
  let wasAway = false;
  let occasions = 0;
  for (const [, lessons] of days.toSorted((a, b) => b[0] - a[0])) {
    if (count(lessons, 'unknown') === lessons.length) continue;
    const isAway = count(lessons, 'valid', 'invalid') > 0;
    if (isAway && !wasAway) occasions += 1;
    wasAway = isAway;
  }
  return occasions;
}

export function rowByHand(days: readonly AnyDay[]): number {
  const facts = days.map((day) => ({
    day: dayOf(day),
    lessonsReported: day[1].length - count(day[1], 'unknown'),
    lessonsMissed: count(day[1], 'valid', 'invalid'),
  }));
  return daysInRow(facts, MONDAY);
}
