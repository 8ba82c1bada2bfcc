import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { windowSpan } from '../../../services/attendance/windows.ts';
import type { WindowName } from '../../../services/config/routine.ts';

const calendar = {
  terms: [
    { from: '2026-08-18', to: '2026-12-18' },
    { from: '2027-01-11', to: '2027-06-10' },
  ],
};

const table: readonly (readonly [string, WindowName, string, string | undefined])[] = [
  ['today is the day alone', 'today', '2026-11-23', '2026-11-23'],
  ['four weeks are 28 days with the day', 'fourWeeks', '2026-11-23', '2026-10-27'],
  ['the month begins on the first', 'month', '2026-11-23', '2026-11-01'],
  ['the term begins with the term', 'term', '2026-11-23', '2026-08-18'],
  ['the spring term forgets the autumn', 'term', '2027-01-12', '2027-01-11'],
  ['between two terms it is still the one that ended', 'term', '2026-12-28', '2026-08-18'],
  ['the year holds both terms', 'schoolYear', '2027-03-01', '2026-08-18'],
  ['before the year has begun there is no term', 'term', '2026-08-17', undefined],
  ['before the year has begun there is no year', 'schoolYear', '2026-08-17', undefined],
];

describe('windowSpan', () => {
  for (const [sentence, name, day, firstDay] of table) {
    it(sentence, () => {
      const span = windowSpan(name, Temporal.PlainDate.from(day), calendar);

      assert.equal(span?.firstDay.toString(), firstDay);
      assert.equal(span?.lastDay.toString(), firstDay === undefined ? undefined : day);
    });
  }
});
