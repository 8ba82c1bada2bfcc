import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { dueAgainAt, dueAt } from '../../../services/follow-up/due-times.ts';
import { clockTime, MONDAY } from '../../support/small-school.ts';
import { schoolWith } from '../schedule/schools.ts';

const school = schoolWith();
const SPRING_FORWARD = Temporal.PlainDate.from('2027-03-28');

describe('when a follow-up is due', () => {
  const first = [
    ['at the school’s time, where it is opened in the morning', 'unreportedAbsence', '08:45', '10:00'],
    [
      'in a while, where it is opened later: nobody can be late at once',
      'unreportedAbsence',
      '10:00',
      '11:00',
    ],
    ['at a time of its own for a long-term absent pupil', 'longTermAbsence', '08:45', '12:00'],
  ] as const;
  for (const [name, reason, now, expected] of first) {
    it(`is ${name}`, () => {
      assert.equal(String(dueAt(school, MONDAY, reason, clockTime(now))), String(clockTime(expected)));
    });
  }

  const again = [
    ['in a while after a try in vain', '08:55', '09:55'],
    ['at the last check at the latest', '14:20', '15:00'],
    ['at the last check where that is in a while', '14:00', '15:00'],
    ['in a while, where the last check has been', '15:00', '16:00'],
  ] as const;
  for (const [name, now, expected] of again) {
    it(`is ${name}`, () => {
      assert.equal(String(dueAgainAt(school, MONDAY, clockTime(now))), String(clockTime(expected)));
    });
  }

  it('is in as long a while as the school says', () => {
    const patient = schoolWith({ ladder: { retryMinutes: 30 } });

    assert.equal(String(dueAgainAt(patient, MONDAY, clockTime('08:55'))), String(clockTime('09:25')));
  });

  it('is by the school’s clock on a day that leaves an hour out', () => {
    const due = dueAt(school, SPRING_FORWARD, 'unreportedAbsence', clockTime('08:45', SPRING_FORWARD));

    assert.equal(String(due), '2027-03-28T08:00:00Z');
  });
});
