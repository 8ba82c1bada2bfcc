import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import {
  countSchoolDays,
  isSchoolDay,
  lastDayOfTerm,
  nextSchoolDay,
  previousSchoolDays,
  schoolDayAfter,
} from '../../../services/calendar/school-days.ts';
import type { DayRange, SchoolCalendar } from '../../../services/config/municipality.ts';

function day(iso: string): Temporal.PlainDate {
  return Temporal.PlainDate.from(iso);
}

function days(from: string, to = from): DayRange {
  return { from, to };
}

const municipal: SchoolCalendar = {
  terms: [days('2026-08-18', '2026-12-18'), days('2027-01-11', '2027-06-10')],
  closed: [days('2026-09-21'), days('2026-10-26', '2026-10-30'), days('2027-03-26', '2027-03-29')],
  open: [],
};

describe('the last day of a term', () => {
  for (const [iso, last] of [
    ['2026-08-18', '2026-12-18'],
    ['2026-12-18', '2026-12-18'],
    ['2026-12-24', '2026-12-24'],
    ['2027-03-26', '2027-06-10'],
  ] as const) {
    it(`is ${last} on ${iso}`, () => {
      assert.equal(lastDayOfTerm(municipal, day(iso)).toString(), last);
    });
  }
});

describe('a school day', () => {
  const table: readonly (readonly [string, boolean, string])[] = [
    ['2026-11-23', true, 'a Monday of term'],
    ['2026-11-27', true, 'a Friday of term'],
    ['2026-11-28', false, 'a Saturday'],
    ['2026-11-29', false, 'a Sunday'],
    ['2026-08-17', false, 'the day before the term'],
    ['2026-08-18', true, 'the first day of term'],
    ['2026-12-18', true, 'the last day of term'],
    ['2026-12-21', false, 'the Christmas break'],
    ['2027-01-08', false, 'the day before the spring term'],
    ['2027-01-11', true, 'the first day of the spring term'],
    ['2027-06-10', true, 'the last day of the year'],
    ['2027-06-11', false, 'the summer'],
    ['2026-09-21', false, 'a pupil-free day'],
    ['2026-09-22', true, 'the day after it'],
    ['2026-10-23', true, 'the last day before a holiday'],
    ['2026-10-26', false, 'the first day of a holiday'],
    ['2026-10-28', false, 'the middle of a holiday'],
    ['2026-10-30', false, 'the last day of a holiday'],
    ['2026-11-02', true, 'the first day after a holiday'],
    ['2026-10-25', false, 'the Sunday on which the clocks go back'],
    ['2027-03-28', false, 'the Sunday on which the clocks go forward'],
  ];
  for (const [iso, expected, what] of table) {
    it(`${expected ? 'is' : 'is not'} ${what} (${iso})`, () => {
      assert.equal(isSchoolDay(municipal, day(iso)), expected);
    });
  }

  it('is none of the days on which the school alone is closed', () => {
    const calendar = { ...municipal, closed: [...municipal.closed, days('2026-11-06')] };

    assert.equal(isSchoolDay(calendar, day('2026-11-06')), false);
    assert.equal(isSchoolDay(calendar, day('2026-11-05')), true);
  });

  for (const [iso, what] of [
    ['2026-09-21', 'a pupil-free day'],
    ['2026-10-28', 'a holiday'],
    ['2026-11-28', 'a Saturday'],
    ['2026-12-21', 'a day outside the terms'],
  ] as const) {
    it(`is ${what} that the school itself opens`, () => {
      assert.equal(isSchoolDay({ ...municipal, open: [days(iso)] }, day(iso)), true);
    });
  }

  it('is every day of a range that the school opens, and no other', () => {
    const calendar = { ...municipal, open: [days('2026-10-27', '2026-10-29')] };

    const open = [26, 27, 28, 29, 30].filter((date) => isSchoolDay(calendar, day(`2026-10-${date}`)));

    assert.deepEqual(open, [27, 28, 29]);
  });
});

describe('the school days before a day', () => {
  function earlier(iso: string, count: number, calendar = municipal): readonly string[] {
    return previousSchoolDays(calendar, day(iso), count).map(String);
  }

  it('are the last ones, oldest first, without the day itself', () => {
    assert.deepEqual(earlier('2026-11-25', 2), ['2026-11-23', '2026-11-24']);
  });

  it('are found across a weekend and a holiday', () => {
    assert.deepEqual(earlier('2026-11-02', 2), ['2026-10-22', '2026-10-23']);
  });

  it('are found across the Christmas break', () => {
    assert.deepEqual(earlier('2027-01-12', 3), ['2026-12-17', '2026-12-18', '2027-01-11']);
  });

  it('are found from a day that is none itself', () => {
    assert.deepEqual(earlier('2026-11-22', 1), ['2026-11-20']);
  });

  it('are fewer where the calendar begins', () => {
    assert.deepEqual(earlier('2026-08-20', 5), ['2026-08-18', '2026-08-19']);
    assert.deepEqual(earlier('2026-08-18', 5), []);
  });

  it('are none where none is asked for', () => assert.deepEqual(earlier('2026-11-25', 0), []));

  it('hold a day that the school itself opened', () => {
    const calendar = { ...municipal, open: [days('2026-10-28')] };

    assert.deepEqual(earlier('2026-11-02', 2, calendar), ['2026-10-23', '2026-10-28']);
  });
});

describe('the next school day', () => {
  const table: readonly (readonly [string, string | undefined])[] = [
    ['2026-11-23', '2026-11-24'],
    ['2026-11-27', '2026-11-30'],
    ['2026-10-23', '2026-11-02'],
    ['2026-12-18', '2027-01-11'],
    ['2026-07-01', '2026-08-18'],
    ['2027-03-25', '2027-03-30'],
    ['2027-06-10', undefined],
    ['2028-01-01', undefined],
  ];
  for (const [from, expected] of table) {
    it(`after ${from} is ${expected ?? 'nowhere in the calendar'}`, () => {
      assert.equal(nextSchoolDay(municipal, day(from))?.toString(), expected);
    });
  }
});

describe('the school day after so many', () => {
  const table: readonly (readonly [string, number, string])[] = [
    ['2026-11-23', 0, '2026-11-23'],
    ['2026-11-28', 0, '2026-11-30'],
    ['2026-11-28', 1, '2026-11-30'],
    ['2026-11-23', 1, '2026-11-24'],
    ['2026-11-23', 5, '2026-11-30'],
    ['2026-10-22', 2, '2026-11-02'],
    ['2026-12-17', 3, '2027-01-12'],
    ['2027-06-09', 1, '2027-06-10'],
  ];
  for (const [from, count, expected] of table) {
    it(`is ${expected}, ${count} after ${from}`, () => {
      assert.equal(schoolDayAfter(municipal, day(from), count).toString(), expected);
    });
  }
});

describe('the school day after so many, where the calendar ends', () => {
  const table: readonly (readonly [string, number, string, string])[] = [
    ['2027-06-10', 0, '2027-06-10', 'the last day there is'],
    ['2027-06-10', 1, '2027-08-17', 'in the week in which this year began'],
    ['2027-06-09', 5, '2027-08-20', 'partly of this year'],
    ['2027-06-12', 0, '2027-08-17', 'from a day of the summer'],
    ['2027-08-17', 0, '2027-08-17', 'a day that is presumed itself'],
    ['2027-08-20', 1, '2027-08-23', 'over a weekend'],
    ['2027-10-22', 1, '2027-11-01', 'over a holiday of this year'],
    ['2027-09-17', 1, '2027-09-21', 'over a closed day of this year'],
    ['2029-03-02', 1, '2029-03-05', 'a weekday, where this year says nothing'],
    ['2029-03-03', 0, '2029-03-05', 'the next weekday, where this year says nothing'],
  ];
  for (const [from, count, expected, what] of table) {
    it(`is ${expected}, ${count} after ${from}: ${what}`, () => {
      assert.equal(schoolDayAfter(municipal, day(from), count).toString(), expected);
    });
  }

  it('is none that this year’s calendar closes', () => {
    const calendar = { ...municipal, closed: [...municipal.closed, days('2027-06-11', '2027-08-18')] };

    assert.equal(schoolDayAfter(calendar, day('2027-06-10'), 1).toString(), '2027-08-19');
  });

  it('is none of the summer where the year before ended some days later', () => {
    const terms = [days('2025-08-19', '2025-12-19'), days('2026-01-12', '2026-06-17'), ...municipal.terms];

    assert.equal(schoolDayAfter({ ...municipal, terms }, day('2027-06-10'), 1).toString(), '2027-08-17');
  });

  it('is a weekday where so many weeks follow without school that the calendar must lack a term', () => {
    const calendar = { ...municipal, terms: municipal.terms.slice(0, 1) };

    assert.equal(schoolDayAfter(calendar, day('2026-12-18'), 1).toString(), '2026-12-21');
  });
});

describe('the school days between two', () => {
  const table: readonly (readonly [string, string, number])[] = [
    ['2026-11-23', '2026-11-23', 1],
    ['2026-11-20', '2026-11-23', 2],
    ['2026-10-23', '2026-11-02', 2],
    ['2026-11-28', '2026-11-29', 0],
    ['2026-11-24', '2026-11-23', 0],
  ];
  for (const [first, last, count] of table) {
    it(`are ${count} from ${first} to ${last}`, () => {
      assert.equal(countSchoolDays(municipal, day(first), day(last)), count);
    });
  }
});
