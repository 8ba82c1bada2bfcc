import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { type DayFact, daysInRow, isLongTerm } from '../../../services/attendance/long-term.ts';
import { NO_MINUTES } from '../../../services/attendance/rate.ts';

const MONDAY = Temporal.PlainDate.from('2026-11-23');

/** One letter a school day, the last one on `MONDAY`: a(bsent), h(ere), p(artly), u(nknown), - (no school). */
function row(letters: string): DayFact[] {
  const facts = { a: [4, 4], h: [4, 0], p: [4, 3], u: [0, 0] } as const;
  return [...letters].flatMap((letter, index) => {
    const fact = facts[letter as keyof typeof facts];
    const day = MONDAY.subtract({ days: letters.length - 1 - index });
    return fact === undefined ? [] : [{ day, lessonsReported: fact[0], lessonsMissed: fact[1] }];
  });
}

describe('daysInRow', () => {
  const cases = [
    { letters: '', days: 0 },
    { letters: 'h', days: 0 },
    { letters: 'a', days: 1 },
    { letters: 'haaa', days: 3 },
    { letters: 'aaah', days: 0 },
    { letters: 'apaa', days: 2 },
    { letters: 'haua', days: 2 },
    { letters: 'haau', days: 2 },
    { letters: 'huu', days: 0 },
    { letters: 'aaaaa--a', days: 6 },
    { letters: 'aaaaa--', days: 5 },
  ];
  for (const { letters, days } of cases) {
    it(`counts ${days} in "${letters}"`, () => assert.equal(daysInRow(row(letters), MONDAY), days));
  }

  it('does not look at days after, and needs no order', () => {
    const days = row('haaah').reverse();

    assert.equal(daysInRow(days, MONDAY.subtract({ days: 1 })), 3);
  });
});

describe('isLongTerm', () => {
  const limits = { absenceOver: 0.5, daysInRow: 10 };
  const cases = [
    { absent: 500, schoolDays: 20, days: 0, expected: false },
    { absent: 501, schoolDays: 20, days: 0, expected: true },
    { absent: 501, schoolDays: 5, days: 0, expected: true },
    { absent: 1000, schoolDays: 4, days: 4, expected: false },
    { absent: 0, schoolDays: 20, days: 9, expected: false },
    { absent: 0, schoolDays: 20, days: 10, expected: true },
    { absent: 0, schoolDays: 0, days: 10, expected: true },
  ];
  for (const { absent, schoolDays, days, expected } of cases) {
    it(`says ${expected} of ${absent} in 1000 minutes, ${schoolDays} school days, and ${days} days in a row`, () => {
      const window = { ...NO_MINUTES, offeredMinutes: 1000, reportedMinutes: 1000, validMinutes: absent };

      assert.equal(isLongTerm({ window, windowDays: schoolDays, daysInRow: days }, limits), expected);
    });
  }
});
