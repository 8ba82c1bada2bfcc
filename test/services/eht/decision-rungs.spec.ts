import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { decisionRung } from '../../../services/eht/decision-rungs.ts';
import { schoolWith } from '../schedule/schools.ts';

const school = schoolWith();

describe('when the owner of a decision is reminded', () => {
  const table: readonly (readonly [string, string, string, readonly string[], string | undefined])[] = [
    ['on the day it is due', '2026-11-26', '2026-11-26T07:30', [], 'due'],
    ['not in the quiet hours before', '2026-11-26', '2026-11-26T07:29', [], undefined],
    ['nor in those after', '2026-11-26', '2026-11-26T16:30', [], undefined],
    ['not on the day before', '2026-11-26', '2026-11-25T10:00', [], undefined],
    ['once', '2026-11-26', '2026-11-26T10:00', ['due'], undefined],
    ['once more on the school day after', '2026-11-26', '2026-11-27T08:00', ['due'], 'after'],
    ['also where the first was missed', '2026-11-26', '2026-11-27T08:00', [], 'after'],
    ['and where Sedd was down that day too', '2026-11-26', '2026-12-03T08:00', ['due'], 'after'],
    ['but only once', '2026-11-26', '2026-11-30T08:00', ['due', 'after'], undefined],
    ['not on a Saturday', '2026-11-27', '2026-11-28T10:00', ['due'], undefined],
    ['on Monday after a Friday', '2026-11-27', '2026-11-30T10:00', ['due'], 'after'],
    ['on the next school day where it falls due in a holiday', '2026-10-28', '2026-11-02T10:00', [], 'due'],
    ['not in that holiday', '2026-10-28', '2026-10-28T10:00', [], undefined],
    ['and the day after that', '2026-10-28', '2026-11-03T10:00', ['due'], 'after'],
    ['not of what was decided the same day', '2026-11-18', '2026-11-18T14:00', [], undefined],
  ];
  for (const [name, due, at, sent, expected] of table) {
    it(`is ${name}`, () => {
      const dueDay = Temporal.PlainDate.from(due);
      const madeAt = instant(due === '2026-11-18' ? '2026-11-18T13:30' : '2026-10-01T13:30');

      assert.equal(decisionRung(school, { dueDay, madeAt }, new Set(sent), instant(at)), expected);
    });
  }
});

function instant(text: string): Temporal.Instant {
  return Temporal.PlainDateTime.from(text).toZonedDateTime('Europe/Stockholm').toInstant();
}
