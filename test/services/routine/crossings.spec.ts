import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import type { WindowSums } from '../../../services/attendance/window-sums.ts';
import type { RoutineRule } from '../../../services/config/routine.ts';
import { crossings, routineOn } from '../../../services/routine/crossings.ts';
import { facts, ROUTINE, routineOf, routinesFrom } from './routines.ts';

const share = (over: number, more: Partial<RoutineRule> = {}): RoutineRule => ({
  metric: 'totalAbsence',
  window: 'fourWeeks',
  over,
  ...more,
});
const count = (metric: 'occasions' | 'invalidLessons', over: number): RoutineRule => ({
  metric,
  window: 'term',
  over,
});

const table: readonly (readonly [string, RoutineRule, Partial<WindowSums>, number | undefined])[] = [
  ['valid and invalid minutes together', share(0.2), { validMinutes: 900, invalidMinutes: 301 }, 1201 / 6000],
  ['nothing at exactly the limit', share(0.2), { validMinutes: 900, invalidMinutes: 300 }, undefined],
  ['nothing at exactly 29 of 100', share(0.29), { offeredMinutes: 100, validMinutes: 29 }, undefined],
  ['one minute above', share(0.2), { validMinutes: 1201 }, 1201 / 6000],
  ['nothing in the first days of term', share(0.2), { schoolDays: 4, validMinutes: 6_000 }, undefined],
  ['the fifth day of term', share(0.2), { schoolDays: 5, validMinutes: 6_000 }, 1],
  [
    'fewer days where the rule says so',
    share(0.2, { leastDays: 2 }),
    { schoolDays: 2, validMinutes: 6_000 },
    1,
  ],
  ['today after one day', share(0.5, { window: 'today' }), { schoolDays: 1, validMinutes: 6_000 }, 1],
  ['nothing where nothing was offered', share(0), { offeredMinutes: 0 }, undefined],
  [
    'invalid minutes alone',
    share(0.1, { metric: 'invalidAbsence' }),
    { validMinutes: 5_000, invalidMinutes: 600 },
    undefined,
  ],
  ['more occasions than the limit', count('occasions', 5), { occasions: 6 }, 6],
  ['nothing at as many occasions', count('occasions', 5), { occasions: 5 }, undefined],
  ['more invalid lessons', count('invalidLessons', 10), { invalidLessons: 11 }, 11],
];

describe('what a rule catches', () => {
  for (const [sentence, rule, sums, value] of table) {
    it(`is ${sentence}`, () => {
      const found = crossings(routineOf(rule), facts(sums));

      assert.deepEqual(
        found.map((one) => one.value),
        value === undefined ? [] : [value],
      );
    });
  }

  it('is days in a row, whatever the windows say', () => {
    const rule: RoutineRule = { metric: 'consecutiveDays', over: 5 };

    const [sixth] = crossings(routineOf(rule), facts({}, 6));

    assert.deepEqual([sixth?.metric, sixth?.value], ['consecutiveDays', 6]);
    assert.deepEqual(crossings(routineOf(rule), facts({}, 5)), []);
  });

  it('is the worst subject that has lessons enough', () => {
    const subject = (name: string, lessons: number, missed: number) => ({
      pupilId: 'p1',
      subject: name,
      lessons,
      offeredMinutes: lessons * 60,
      reportedMinutes: lessons * 60,
      validMinutes: 0,
      invalidMinutes: missed * 60,
    });
    const subjects = { fourWeeks: [subject('Slöjd', 3, 3), subject('Idrott', 8, 5), subject('Bild', 4, 2)] };

    const [found] = crossings(routineOf(share(0.4, { metric: 'oneSubject' })), { ...facts(), subjects });

    assert.deepEqual([found?.subject, found?.value], ['Idrott', 5 / 8]);
  });

  it('is nothing over a window that the calendar does not know', () => {
    const known = facts({ occasions: 9 });
    const noTerm = { ...known, sums: { ...known.sums, windows: {} } };

    assert.deepEqual(crossings(routineOf(count('occasions', 5)), noTerm), []);
  });

  it('never grows less when absence grows, and holds every lower level too', () => {
    const [routine] = routinesFrom();
    assert.ok(routine);
    fc.assert(
      fc.property(fc.nat(6_000), fc.nat(600), (minutes, more) => {
        const levels = (validMinutes: number) =>
          crossings(routine, facts({ validMinutes })).map((one) => one.level);
        const [before, after] = [levels(minutes), levels(Math.min(6_000, minutes + more))];

        assert.ok(after.length >= before.length);
        assert.deepEqual(after, ['notice', 'investigation'].slice(0, after.length));
        assert.equal(after.includes('investigation'), Math.min(6_000, minutes + more) * 10 > 2 * 6_000);
      }),
    );
  });
});

describe('the routine in force', () => {
  const later = ROUTINE.replace('routines:\n', '').replace('2026-08-01', '2026-11-23');
  const routines = routinesFrom(ROUTINE + later);
  const on = (day: string) => routineOn(routines, Temporal.PlainDate.from(day))?.validFrom;

  it('is the last one that has begun, and none before the first', () => {
    assert.deepEqual(['2026-07-31', '2026-08-01', '2026-11-22', '2026-11-23'].map(on), [
      undefined,
      '2026-08-01',
      '2026-08-01',
      '2026-11-23',
    ]);
  });
});
