import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { isSchoolDay } from '../../../services/calendar/school-days.ts';
import { isQuietAt } from '../../../services/follow-up/quiet-hours.ts';
import { type LadderStep, stepRungsDue } from '../../../services/routine/step-ladder.ts';
import { clockTime, MONDAY } from '../../support/small-school.ts';
import { schoolWith } from '../schedule/schools.ts';

const school = schoolWith({ closed: [{ from: '2026-11-26', to: '2026-11-26' }] });
const day = (text: string) => Temporal.PlainDate.from(text);
const GIVEN = clockTime('10:30');

function step(more: Partial<LadderStep> = {}): LadderStep {
  return {
    id: 's1',
    dueDay: day('2026-11-25'),
    givenVersion: 2,
    taken: new Map([['given:2', GIVEN]]),
    ...more,
  };
}

function rungs(one: LadderStep, date: string, time: string): readonly string[] {
  return stepRungsDue(school, [one], clockTime(time, day(date))).map(({ rung, to }) => `${rung} ${to}`);
}

describe('the ladder of steps', () => {
  const due = 'due:2026-11-25 owner';
  const late = 'late:2026-11-25 owner';
  const escalated = 'escalated:2026-11-25 coordinator';
  const untold = { taken: new Map() };
  const told: readonly (readonly [string, Partial<LadderStep>, string, string, readonly string[]])[] = [
    ['is given at once', untold, '2026-11-23', '10:30', ['given:2 owner']],
    ['is not given in the evening', untold, '2026-11-23', '16:30', []],
    ['is not given before the day begins', untold, '2026-11-24', '07:29', []],
    ['is not given on a Saturday', untold, '2026-11-28', '10:30', []],
    ['is not given on a closed day', untold, '2026-11-26', '10:30', []],
    ['is given anew to whoever gets it later', { givenVersion: 5 }, '2026-11-24', '10:30', ['given:5 owner']],
    ['is quiet until its day', {}, '2026-11-24', '16:00', []],
    ['is quiet in the morning of its day until ten', {}, '2026-11-25', '09:59', []],
    ['is reminded of at ten on its day', {}, '2026-11-25', '10:00', [due]],
    ['is late the school day after, not on a closed one', {}, '2026-11-26', '11:00', []],
    ['is late the next day that is open', {}, '2026-11-27', '10:00', [due, late]],
    ['is told on two school days after', {}, '2026-11-30', '10:00', [due, late, escalated]],
    ['is not told on the evening before', {}, '2026-11-30', '09:59', [due, late]],
    ['with more time has another day', { dueDay: day('2026-12-01') }, '2026-11-30', '10:00', []],
    [
      'due on a Saturday is reminded of on Monday',
      { dueDay: day('2026-11-28') },
      '2026-11-30',
      '10:00',
      ['due:2026-11-28 owner'],
    ],
    [
      'is not called late on the day that somebody is first told of it',
      { taken: new Map([['given:2', clockTime('09:00', day('2026-11-30'))]]) },
      '2026-11-30',
      '10:00',
      [],
    ],
    [
      'is only given where nobody knew of it yet, however late',
      untold,
      '2026-11-30',
      '10:00',
      ['given:2 owner'],
    ],
  ];
  for (const [name, more, date, time, expected] of told) {
    it(`${name}`, () => assert.deepEqual(rungs(step(more), date, time), expected));
  }

  it('has no rung but its own day’s where the calendar ends on that day', () => {
    const [last] = school.calendar.terms
      .map(({ to }) => day(to))
      .toSorted(Temporal.PlainDate.compare)
      .slice(-1);
    assert.ok(last !== undefined && isSchoolDay(school.calendar, last));

    const told = rungs(step({ dueDay: last }), last.toString(), '15:00');

    assert.deepEqual(told, [`due:${last} owner`]);
  });

  it('takes each rung once, whatever minutes Sedd is up, on school days and in the school’s hours alone', () => {
    const minute = fc.integer({ min: 0, max: 14 * 1_440 });
    fc.assert(
      fc.property(fc.uniqueArray(minute, { maxLength: 60 }), fc.nat(10), (minutes, offset) => {
        const taken = new Map<string, Temporal.Instant>();
        const one = step({ taken, dueDay: MONDAY.add({ days: offset }) });
        const seen: string[] = [];
        for (const passed of minutes.toSorted((a, b) => a - b)) {
          const now = clockTime('00:00').add({ minutes: passed });
          for (const { rung } of stepRungsDue(school, [one], now)) {
            assert.ok(isSchoolDay(school.calendar, now.toZonedDateTimeISO(school.timeZone).toPlainDate()));
            assert.ok(!isQuietAt(school, now));
            seen.push(rung);
            taken.set(rung, now);
          }
        }
        assert.equal(new Set(seen).size, seen.length);
        assert.ok(seen.length === 0 || seen[0] === 'given:2');
      }),
    );
  });
});
