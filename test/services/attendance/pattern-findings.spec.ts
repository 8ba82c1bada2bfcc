import assert from 'node:assert/strict';
import { patternFindings } from '../../../services/attendance/pattern-findings.ts';
import type { PatternCell } from '../../../services/attendance/patterns.ts';

function cell(
  weekday: number,
  lessonNumber: number,
  absent: number,
  more: Partial<PatternCell> = {},
): PatternCell {
  return {
    weekday,
    lessonNumber,
    transition: lessonNumber === 1 ? 'first' : 'straightOn',
    lessons: 10,
    lessonsMissed: absent / 10,
    offeredMinutes: 1_000,
    reportedMinutes: 1_000,
    validMinutes: 0,
    invalidMinutes: absent * 10,
    ...more,
  };
}

/** Five weekdays of three lessons without absence, but for these. */
const week = (...others: readonly PatternCell[]) => {
  const usual = [1, 2, 3, 4, 5].flatMap((weekday) => [1, 2, 3].map((lesson) => cell(weekday, lesson, 0)));
  const isOther = (one: PatternCell) =>
    others.some((other) => other.weekday === one.weekday && other.lessonNumber === one.lessonNumber);
  return [...usual.filter((one) => !isOther(one)), ...others];
};

describe('what stands out of a pattern', () => {
  it('is nothing where nothing is absent, or all of it alike', () => {
    const alike = [1, 2, 3].map((weekday) => cell(weekday, 1, 40));

    for (const cells of [[], week(), alike]) {
      const { strongest, weekday, transition } = patternFindings(cells);
      assert.deepEqual([strongest, weekday, transition], [undefined, undefined, undefined]);
    }
  });

  it('is the lesson of the week with most absence', () => {
    const { strongest } = patternFindings(week(cell(1, 1, 60), cell(4, 2, 30)));

    assert.deepEqual(strongest, { weekday: 1, lessonNumber: 1, share: 0.6 });
  });

  it('is the weekday, where all of it is away', () => {
    const monday = [cell(1, 1, 50), cell(1, 2, 50), cell(1, 3, 50)];

    assert.deepEqual(patternFindings(week(...monday)).weekday, { weekday: 1, share: 0.5 });
  });

  it('is what comes after a break', () => {
    const afterBreak = [1, 2, 3, 4, 5].map((day) => cell(day, 3, 50, { transition: 'afterBreak' }));

    assert.deepEqual(patternFindings(week(...afterBreak)).transition, {
      transition: 'afterBreak',
      share: 0.5,
    });
  });

  it('is no place with fewer than four lessons, but those of both transitions count together', () => {
    const few = [
      cell(1, 1, 100, { lessons: 3, offeredMinutes: 300, reportedMinutes: 300, invalidMinutes: 300 }),
    ];
    const both = [
      cell(1, 2, 100, { lessons: 2, transition: 'afterBreak' }),
      cell(1, 2, 100, { lessons: 2, transition: 'straightOn' }),
    ];

    assert.equal(patternFindings(week(...few)).strongest, undefined);
    assert.deepEqual(patternFindings(week(...both)).strongest, { weekday: 1, lessonNumber: 2, share: 1 });
  });
});
