import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { type LadderItem, remindersDue } from '../../../services/follow-up/ladder.ts';
import { ANNA } from '../../support/small-staff.ts';
import { schoolWith } from '../schedule/schools.ts';
import { at, itemOf, WEDNESDAY } from './ladder-items.ts';

const school = schoolWith();

/** "due→person" or "escalated→coordinators". */
function told(items: readonly LadderItem[], now: Temporal.Instant): readonly string[] {
  return remindersDue(school, items, now).map(
    ({ rung, staffId }) => `${rung}→${staffId === undefined ? 'coordinators' : 'person'}`,
  );
}

/** What is due again at that time. */
const again = (time: string) => `again:${at(time).epochMilliseconds}`;

describe('the ladder of reminders', () => {
  const longTerm = {
    reason: 'longTermAbsence',
    firstDueAt: at('12:00'),
    dueAt: at('12:00'),
    isUnreported: false,
  } as const;
  const tried = { attempts: 1, dueAt: at('11:20') } as const;
  const rules: readonly (readonly [string, Partial<LadderItem>, string, readonly string[]])[] = [
    ['nobody before it is due', {}, '09:59', []],
    ['whoever answers for it when it is due', {}, '10:00', ['due→person']],
    [
      'the coordinators where nobody answers for it',
      { responsibleStaffId: null },
      '10:00',
      ['due→coordinators'],
    ],
    ['nobody of a rung that is taken', { taken: new Set(['due']) }, '11:59', []],
    ['the coordinators at noon', { taken: new Set(['due']) }, '12:00', ['escalated→coordinators']],
    ['everybody that was missed while it was down', {}, '12:30', ['due→person', 'escalated→coordinators']],
    [
      'the coordinators a last time',
      { taken: new Set(['due', 'escalated']) },
      '15:00',
      ['lastCheck→coordinators'],
    ],
    ['nobody while a new try waits', { ...tried, taken: new Set(['due']) }, '11:19', []],
    [
      'whoever answers for it when a new try is due',
      { ...tried, taken: new Set(['due']) },
      '11:20',
      [`${again('11:20')}→person`],
    ],
    ['nobody twice of one try', { ...tried, taken: new Set([again('11:20')]) }, '11:59', []],
    [
      'whoever answers for it after each try',
      { attempts: 2, dueAt: at('11:50'), taken: new Set(['due', again('11:20')]) },
      '11:50',
      [`${again('11:50')}→person`],
    ],
    [
      'whoever answers for it when they try anew after they took a try back',
      { attempts: 1, dueAt: at('11:50'), taken: new Set(['due', again('11:20')]) },
      '11:50',
      [`${again('11:50')}→person`],
    ],
    ['nobody that it was due, where somebody tried before', { ...tried }, '10:30', []],
    ['nobody early of a long-term absent pupil', longTerm, '11:59', []],
    ['whoever answers for a long-term absent pupil at their own time', longTerm, '12:00', ['due→person']],
    [
      'the coordinators of a long-term absent pupil once, without a last check where the absence is reported or not known',
      { ...longTerm, taken: new Set(['due']) },
      '15:30',
      ['escalated→coordinators'],
    ],
    [
      'the coordinators a last time of a long-term absent pupil too, where nobody has reported today’s absence',
      { ...longTerm, isUnreported: true, taken: new Set(['due', 'escalated']) },
      '15:00',
      ['lastCheck→coordinators'],
    ],
    [
      'the coordinators a last time where somebody else is followed up of whom nothing is known any more',
      { isUnreported: false, taken: new Set(['due', 'escalated']) },
      '15:00',
      ['lastCheck→coordinators'],
    ],
    ['nobody before the school is awake', { firstDueAt: at('07:00'), dueAt: at('07:00') }, '07:29', []],
    [
      'whoever answers for it, once it is',
      { firstDueAt: at('07:00'), dueAt: at('07:00') },
      '07:30',
      ['due→person'],
    ],
    ['nobody in the evening', {}, '16:30', []],
    [
      'the last ones just before',
      { taken: new Set(['due', 'escalated']) },
      '16:29',
      ['lastCheck→coordinators'],
    ],
    [
      'the coordinators at the last check of what is not due yet, since guardians are to know the same day',
      { firstDueAt: at('15:40'), dueAt: at('15:40') },
      '15:00',
      ['lastCheck→coordinators'],
    ],
  ];
  for (const [who, item, time, expected] of rules) {
    it(`tells ${who} (${time})`, () => {
      assert.deepEqual(told([itemOf(item)], at(time)), expected);
    });
  }

  const closed: readonly (readonly [string, string])[] = [
    ['a Saturday', '2026-11-28'],
    ['a day of the autumn break', '2026-10-28'],
    ['a day between the terms', '2026-12-28'],
    ['the Sunday when the clocks go back', '2026-10-25'],
    ['the Sunday when they go forward', '2027-03-28'],
  ];
  for (const [name, day] of closed) {
    it(`is quiet on ${name}`, () => {
      const date = Temporal.PlainDate.from(day);
      const item = itemOf({ firstDueAt: at('10:00', date), dueAt: at('10:00', date) });

      assert.deepEqual(told([item], at('15:00', date)), []);
    });
  }

  it('knows each follow-up and each person apart', () => {
    const items = [
      itemOf({ id: 'a' }),
      itemOf({ id: 'b', responsibleStaffId: 'bo' }),
      itemOf({ id: 'c', taken: new Set(['due']) }),
    ];

    const due = remindersDue(school, items, at('10:00'));

    assert.deepEqual(due, [
      { followUpId: 'a', rung: 'due', staffId: ANNA },
      { followUpId: 'b', rung: 'due', staffId: 'bo' },
    ]);
  });

  it('follows the school’s own times', () => {
    const own = schoolWith({ times: { escalate: '11:00', lastCheck: '14:00' } });
    const item = itemOf({ taken: new Set(['due']) });

    const rungs = (time: string) => remindersDue(own, [item], at(time)).map(({ rung }) => rung);

    assert.deepEqual(
      [rungs('10:59'), rungs('11:00'), rungs('14:00')],
      [[], ['escalated'], ['escalated', 'lastCheck']],
    );
  });

  it('takes what has no first time as due at the only one it has', () => {
    assert.deepEqual(told([itemOf({ firstDueAt: null })], at('10:00', WEDNESDAY)), ['due→person']);
  });
});
