import assert from 'node:assert/strict';
import { spoilt, toldOf } from './file.ts';

const NORR = '  - id: norr\n    name: Norrskolan\n';
const path = 'schools[0].eht';

/** Norrskolan with meetings on Wednesdays, and what is laid over. */
function eht(settings: string, from = '2026-08-26', more = ''): string {
  return spoilt(
    NORR,
    `${NORR}    eht: { weekday: wednesday, time: "13:00", from: ${from}${settings} }\n${more}`,
  );
}

function exceptions(list: string, more = ''): string {
  return eht(`, exceptions: [${list}]`, '2026-08-26', more);
}

describe('the settings of EHT’s meetings', () => {
  const table: readonly (readonly [string, string, readonly string[]])[] = [
    ['are right with no more than day, time and beginning', eht(''), []],
    [
      'may move and cancel meetings',
      exceptions(
        '{ day: 2026-11-11, movedTo: { day: 2026-11-12, time: "14:00" } }, { day: 2026-12-16, cancelled: true }',
      ),
      [],
    ],
    [
      'begin on their weekday',
      eht('', '2026-08-27'),
      [`20 ${path}.from: 2026-08-27 is not a wednesday. Put in the day of the first meeting`],
    ],
    [
      'begin in a term',
      eht('', '2026-12-30'),
      [`20 ${path}.from: 2026-12-30 is in no term. Put in the day of the first meeting`],
    ],
    [
      'end on the same day',
      eht(', minutes: 60').replace('"13:00"', '"23:30"'),
      [`20 ${path}.minutes: A meeting at 23:30 would end after midnight`],
    ],
    [
      'say a weekday',
      eht('').replace('weekday: wednesday', 'weekday: sunday'),
      [`20 ${path}.weekday: must be one of monday, tuesday, wednesday, thursday, friday`],
    ],
    [
      'except only days of meetings',
      exceptions('{ day: 2026-11-12, cancelled: true }'),
      [
        `20 ${path}.exceptions[0].day: 2026-11-12 is no day of a meeting. Take it out, or put in the right day`,
      ],
    ],
    [
      'except only weeks with a meeting',
      exceptions('{ day: 2026-09-02, cancelled: true }').replace(
        'from: 2026-08-26',
        'everyWeeks: 2, from: 2026-08-26',
      ),
      [
        `20 ${path}.exceptions[0].day: 2026-09-02 is no day of a meeting. Take it out, or put in the right day`,
      ],
    ],
    [
      'either move or cancel',
      exceptions('{ day: 2026-11-11 }, { day: 2026-11-18, cancelled: true, movedTo: { day: 2026-11-19 } }'),
      [
        `20 ${path}.exceptions[0]: is either moved or cancelled. Say movedTo, or cancelled: true`,
        `20 ${path}.exceptions[1]: is either moved or cancelled. Say movedTo, or cancelled: true`,
      ],
    ],
    [
      'except a day once',
      exceptions('{ day: 2026-11-11, cancelled: true }, { day: 2026-11-11, cancelled: true }'),
      [`20 ${path}.exceptions[1].day: "2026-11-11" stands twice`],
    ],
    [
      'move to a school day',
      exceptions('{ day: 2026-11-11, movedTo: { day: 2026-11-14 } }'),
      [`20 ${path}.exceptions[0].movedTo.day: 2026-11-14 is no school day`],
    ],
    [
      'move to a day that the school itself opens',
      exceptions(
        '{ day: 2026-11-11, movedTo: { day: 2026-11-14 } }',
        '    open: [{ from: 2026-11-14, to: 2026-11-14 }]\n',
      ),
      [],
    ],
    [
      'move to no day that has a meeting',
      exceptions('{ day: 2026-11-11, movedTo: { day: 2026-11-18 } }'),
      [`20 ${path}.exceptions[0].movedTo.day: 2026-11-18 has a meeting already`],
    ],
    [
      'move to a day whose meeting is moved itself',
      exceptions(
        '{ day: 2026-11-11, movedTo: { day: 2026-11-18 } }, { day: 2026-11-18, movedTo: { day: 2026-11-19 } }',
      ),
      [],
    ],
    [
      'move two meetings to two days',
      exceptions(
        '{ day: 2026-11-11, movedTo: { day: 2026-11-19 } }, { day: 2026-11-18, movedTo: { day: 2026-11-19 } }',
      ),
      [`20 ${path}.exceptions[1].movedTo.day: 2026-11-19 has a meeting already`],
    ],
    [
      'tell all that is wrong at once',
      exceptions('{ day: 2026-11-12, movedTo: { day: 2026-11-15, time: "23:50" } }'),
      [
        `20 ${path}.exceptions[0].day: 2026-11-12 is no day of a meeting. Take it out, or put in the right day`,
        `20 ${path}.exceptions[0].movedTo.day: 2026-11-15 is no school day`,
        `20 ${path}.exceptions[0].movedTo.time: The meeting would end after midnight`,
      ],
    ],
  ];
  for (const [name, text, told] of table) {
    it(name, () => {
      assert.deepEqual(toldOf(text), told);
    });
  }
});
