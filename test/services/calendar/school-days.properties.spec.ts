import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import {
  isSchoolDay,
  nextSchoolDay,
  previousSchoolDays,
  schoolDayAfter,
} from '../../../services/calendar/school-days.ts';
import type { DayRange, SchoolCalendar } from '../../../services/config/municipality.ts';

const FIRST = Temporal.PlainDate.from('2026-07-01');
const anyDay = fc.integer({ min: 0, max: 364 }).map((days) => FIRST.add({ days }));
const range = (longest: number) =>
  fc
    .tuple(anyDay, fc.integer({ min: 0, max: longest }))
    .map(([from, days]): DayRange => ({ from: from.toString(), to: from.add({ days }).toString() }));
const anyCalendar: fc.Arbitrary<SchoolCalendar> = fc.record({
  terms: fc.array(range(150), { minLength: 1, maxLength: 3 }),
  closed: fc.array(range(10), { maxLength: 6 }),
  open: fc.array(range(2), { maxLength: 2 }),
});

function holds(ranges: readonly DayRange[], day: Temporal.PlainDate): boolean {
  return ranges.some(
    ({ from, to }) => Temporal.PlainDate.compare(from, day) <= 0 && Temporal.PlainDate.compare(day, to) <= 0,
  );
}

describe('in any calendar', () => {
  it('a day is a school day where the school opens it, or on an open weekday of a term', () => {
    fc.assert(
      fc.property(anyCalendar, anyDay, (calendar, day) => {
        const isOrdinary = day.dayOfWeek <= 5 && holds(calendar.terms, day) && !holds(calendar.closed, day);

        assert.equal(isSchoolDay(calendar, day), isOrdinary || holds(calendar.open, day));
      }),
    );
  });

  it('the days before a day are the school days among those before it, the nearest ones, in order', () => {
    fc.assert(
      fc.property(anyCalendar, anyDay, fc.integer({ min: 0, max: 30 }), (calendar, day, count) => {
        const all = Array.from({ length: 400 }, (_, back) => day.subtract({ days: 400 - back })).filter(
          (one) => isSchoolDay(calendar, one),
        );

        const expected = count === 0 ? [] : all.slice(-count);
        assert.deepEqual(previousSchoolDays(calendar, day, count).map(String), expected.map(String));
      }),
      { numRuns: 30 },
    );
  });

  it('the day after so many is always a later one, and the next school day while there is one', () => {
    fc.assert(
      fc.property(anyCalendar, anyDay, (calendar, day) => {
        const next = nextSchoolDay(calendar, day);

        const after = schoolDayAfter(calendar, day, 1);

        assert.ok(Temporal.PlainDate.compare(after, day) > 0);
        if (next !== undefined) assert.equal(after.toString(), next.toString());
      }),
      { numRuns: 50 },
    );
  });

  it('the next school day has no school day between, and is followed by the day it was asked from', () => {
    fc.assert(
      fc.property(anyCalendar, anyDay, (calendar, day) => {
        const next = nextSchoolDay(calendar, day);
        if (next === undefined) return;

        assert.ok(isSchoolDay(calendar, next));
        assert.ok(Temporal.PlainDate.compare(day, next) < 0);
        for (let one = day.add({ days: 1 }); !one.equals(next); one = one.add({ days: 1 })) {
          assert.equal(isSchoolDay(calendar, one), false);
        }
        if (isSchoolDay(calendar, day)) {
          assert.equal(previousSchoolDays(calendar, next, 1).join(), day.toString());
        }
      }),
      { numRuns: 50 },
    );
  });
});
