import { Temporal } from 'temporal-polyfill';
import type { DayRange, SchoolCalendar } from '../config/municipality.ts';

const SATURDAY = 6;
/** No calendar has longer breaks: looking back further finds nothing. */
const LONGEST_LOOK = 400;
/** The summer, and some. Where longer without school follows, the calendar lacks a term. */
const LONGEST_BREAK = 100;
/** The same days of the week. */
const YEAR_IN_WEEKS = 52;

/**
 * Whether the school is open: a weekday of a term that no calendar closes. A day that the school itself opens is one
 * although the municipality closes it.
 */
export function isSchoolDay(calendar: SchoolCalendar, day: Temporal.PlainDate): boolean {
  if (isWithin(calendar.open, day)) return true;
  return day.dayOfWeek < SATURDAY && isWithin(calendar.terms, day) && !isWithin(calendar.closed, day);
}

/** The last `count` school days before `day`, oldest first; fewer where the calendar begins. */
export function previousSchoolDays(
  calendar: SchoolCalendar,
  day: Temporal.PlainDate,
  count: number,
): readonly Temporal.PlainDate[] {
  const days: Temporal.PlainDate[] = [];
  let earlier = day;
  for (let looked = 0; looked < LONGEST_LOOK && days.length < count; looked += 1) {
    earlier = earlier.subtract({ days: 1 });
    if (isSchoolDay(calendar, earlier)) days.unshift(earlier);
  }
  return days;
}

/** The first school day after `day`; undefined where the calendar ends. */
export function nextSchoolDay(
  calendar: SchoolCalendar,
  day: Temporal.PlainDate,
): Temporal.PlainDate | undefined {
  let later = day;
  for (let looked = 0; looked < LONGEST_LOOK; looked += 1) {
    later = later.add({ days: 1 });
    if (isSchoolDay(calendar, later)) return later;
  }
  return undefined;
}

/**
 * The school day so many school days after `day`: with 0 `day` itself, or the next one. Where the calendar ends, the next
 * school year is presumed to be like its last one, week by week.
 */
export function schoolDayAfter(
  calendar: SchoolCalendar,
  day: Temporal.PlainDate,
  count: number,
): Temporal.PlainDate {
  if (count === 0)
    return isSchoolDay(calendar, day) ? day : laterSchoolDay(calendar, day.subtract({ days: 1 }));
  let due = day;
  for (let passed = 0; passed < count; passed += 1) due = laterSchoolDay(calendar, due);
  return due;
}

function laterSchoolDay(calendar: SchoolCalendar, day: Temporal.PlainDate): Temporal.PlainDate {
  return nextSchoolDay(calendar, day) ?? presumedSchoolDay(calendar, day);
}

/** Where nothing is to be presumed, such as where a term has not been put in yet, the next weekday. */
function presumedSchoolDay(calendar: SchoolCalendar, day: Temporal.PlainDate): Temporal.PlainDate {
  const model = lastYearOf(calendar);
  let later = day;
  for (let looked = 0; looked < LONGEST_BREAK; looked += 1) {
    later = later.add({ days: 1 });
    const isLike = isSchoolDay(model, later.subtract({ weeks: YEAR_IN_WEEKS }));
    if (isLike && !isWithin(calendar.closed, later)) return later;
  }
  const weekday = day.add({ days: 1 });
  return weekday.dayOfWeek < SATURDAY ? weekday : weekday.add({ days: 8 - weekday.dayOfWeek });
}

/** Without a year before it, which may have ended some days later: those days of the summer would be presumed to have school. */
function lastYearOf(calendar: SchoolCalendar): SchoolCalendar {
  const end = calendar.terms
    .map(({ to }) => to)
    .toSorted()
    .at(-1);
  if (end === undefined) return calendar;
  const yearBefore = Temporal.PlainDate.from(end).subtract({ weeks: YEAR_IN_WEEKS }).toString();
  return { ...calendar, terms: calendar.terms.filter(({ from }) => from > yearBefore) };
}

/** The last day of the term that a day lies in; the day itself where it lies in none. */
export function lastDayOfTerm({ terms }: SchoolCalendar, day: Temporal.PlainDate): Temporal.PlainDate {
  const iso = day.toString();
  const term = terms.find(({ from, to }) => from <= iso && iso <= to);
  return term === undefined ? day : Temporal.PlainDate.from(term.to);
}

/** School days from `first` to `last`, both included. */
export function countSchoolDays(
  calendar: SchoolCalendar,
  first: Temporal.PlainDate,
  last: Temporal.PlainDate,
): number {
  const days = first.until(last).days + 1;
  return Array.from({ length: Math.max(0, days) }, (_, index) => first.add({ days: index })).filter((day) =>
    isSchoolDay(calendar, day),
  ).length;
}

function isWithin(ranges: readonly DayRange[], day: Temporal.PlainDate): boolean {
  const iso = day.toString();
  return ranges.some(({ from, to }) => from <= iso && iso <= to);
}
