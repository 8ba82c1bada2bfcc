import { Temporal } from 'temporal-polyfill';
import type { WrittenDay, WrittenSpan } from './days.ts';

export interface ResolvedDays {
  readonly from: Temporal.PlainDate;
  /** Undefined: until further notice. */
  readonly to: Temporal.PlainDate | undefined;
}

const WEEK = 7;
/** No longer than a school year: an end before the beginning is a slip, and not an end a year later. */
const LONGEST_DAYS = 310;

/**
 * The days that were meant by whoever wrote it on `today`; undefined where there is no such day or the end comes before the
 * beginning. A date without a year is the nearest one, an end the first that is not before the beginning.
 */
export function resolveDays({ from, to }: WrittenSpan, today: Temporal.PlainDate): ResolvedDays | undefined {
  const first = from === undefined ? today : firstOf(from, today);
  if (first === undefined) return undefined;
  if (to === undefined) return { from: first, to: undefined };
  const last = lastOf(to, today, first);
  if (last === undefined) return undefined;
  const length = first.until(last).days;
  return length < 0 || length > LONGEST_DAYS ? undefined : { from: first, to: last };
}

function firstOf(written: WrittenDay, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  switch (written.kind) {
    case 'date':
      return dateNear(written, today);
    case 'relative':
      return today.add({ days: written.days });
    case 'weekday':
      return written.isNextWeek
        ? mondayOf(today).add({ days: WEEK + written.weekday - 1 })
        : onOrAfter(today, written.weekday);
    case 'week':
      return mondayOfWeek(written.week, today);
    case 'relativeWeek':
      return later(mondayOf(today).add({ weeks: written.weeks }), today);
  }
}

function lastOf(
  written: WrittenDay,
  today: Temporal.PlainDate,
  first: Temporal.PlainDate,
): Temporal.PlainDate | undefined {
  switch (written.kind) {
    case 'date':
      return written.year === undefined ? dateFrom(written, first) : dateNear(written, today);
    case 'relative':
      return today.add({ days: written.days });
    case 'weekday':
      return written.isNextWeek ? firstOf(written, today) : onOrAfter(first, written.weekday);
    case 'week':
      return mondayOfWeek(written.week, first)?.add({ days: WEEK - 1 });
    case 'relativeWeek':
      return mondayOf(today).add({ days: WEEK * (written.weeks + 1) - 1 });
  }
}

type WrittenDate = Extract<WrittenDay, { readonly kind: 'date' }>;

function dateNear(written: WrittenDate, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  if (written.year !== undefined) return dateIn(written.year, written);
  return nearest(
    [-1, 0, 1].map((years) => dateIn(today.year + years, written)),
    today,
  );
}

function dateFrom(written: WrittenDate, first: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const years = [first.year, first.year + 1].map((year) => dateIn(year, written));
  return years.find((day) => day !== undefined && Temporal.PlainDate.compare(day, first) >= 0);
}

function dateIn(year: number, { month, day }: WrittenDate): Temporal.PlainDate | undefined {
  if (month < 1 || month > 12 || day < 1) return undefined;
  const { daysInMonth } = Temporal.PlainYearMonth.from({ year, month });
  return day > daysInMonth ? undefined : Temporal.PlainDate.from({ year, month, day });
}

function mondayOfWeek(week: number, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  // The fourth of January lies in week 1 of every year.
  const mondays = [-1, 0, 1].map((years) =>
    mondayOf(Temporal.PlainDate.from({ year: today.year + years, month: 1, day: 4 })).add({
      weeks: week - 1,
    }),
  );
  return nearest(
    mondays.map((monday) => (monday.weekOfYear === week ? monday : undefined)),
    today,
  );
}

function mondayOf(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.subtract({ days: day.dayOfWeek - 1 });
}

function onOrAfter(day: Temporal.PlainDate, weekday: number): Temporal.PlainDate {
  return day.add({ days: (weekday - day.dayOfWeek + WEEK) % WEEK });
}

function later(a: Temporal.PlainDate, b: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(a, b) > 0 ? a : b;
}

function nearest(
  days: readonly (Temporal.PlainDate | undefined)[],
  today: Temporal.PlainDate,
): Temporal.PlainDate | undefined {
  const known = days.filter((day) => day !== undefined);
  const distance = (day: Temporal.PlainDate) => Math.abs(today.until(day).days);
  return known.toSorted((a, b) => distance(a) - distance(b))[0];
}
