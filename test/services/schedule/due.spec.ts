import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import type { School } from '../../../services/config/municipality.ts';
import { type DayLedger, dueAtSchool, dueRoster } from '../../../services/schedule/due.ts';
import { rosterTime } from '../../../services/schedule/schedule.ts';
import { schoolWith } from './schools.ts';

const timeZone = 'Europe/Stockholm';

/** `2026-11-23T08:45` in Stockholm; of a time that comes twice, the first. */
function at(wall: string): Temporal.Instant {
  return Temporal.PlainDateTime.from(wall).toZonedDateTime(timeZone).toInstant();
}

/** What the others follow from, or end with. */
const MAIN = ['morning', 'refresh', 'dayClose'];
const ALL = ['meetStaff', ...MAIN, 'cases', 'digestNoon', 'digestDayEnd', 'weekDigest'];

/** Ticks every minute, keeping the ledger, and tells what of some jobs was put down when: `job action note @ wall time`. */
function walk(school: School, from: string, to: string, jobs: readonly string[] = MAIN): readonly string[] {
  const ledgers = new Map<string, Map<string, 'started' | 'skipped'>>();
  const told: string[] = [];
  for (let now = at(from); Temporal.Instant.compare(now, at(to)) < 0; now = now.add({ minutes: 1 })) {
    const wall = now.toZonedDateTimeISO(timeZone);
    const day = wall.toPlainDate().toString();
    const ledger = ledgers.get(day) ?? new Map();
    ledgers.set(day, ledger);
    for (const run of dueAtSchool(school, ledger, now)) {
      assert.equal(run.day.toString(), day);
      ledger.set(run.job, run.action === 'run' ? 'started' : 'skipped');
      if (!jobs.includes(run.job)) continue;
      told.push(
        [run.job, run.action, run.note, wall.toString({ timeZoneName: 'never' })].filter(Boolean).join(' '),
      );
    }
  }
  return told;
}

describe('what is due at a school', () => {
  it('comes once each on a school day, at its time', () => {
    assert.deepEqual(walk(schoolWith(), '2026-11-23T00:00', '2026-11-24T00:00', ALL), [
      'meetStaff run 2026-11-23T05:30:00+01:00',
      'morning run 2026-11-23T08:45:00+01:00',
      'refresh run 2026-11-23T10:00:00+01:00',
      'cases run 2026-11-23T10:00:00+01:00',
      'digestNoon run 2026-11-23T12:00:00+01:00',
      'digestDayEnd run 2026-11-23T15:00:00+01:00',
      'dayClose run 2026-11-23T17:00:00+01:00',
    ]);
  });

  it('comes a minute later where it yields to the morning, and Sedd starts when both are due', () => {
    assert.deepEqual(walk(schoolWith(), '2026-11-23T09:10', '2026-11-23T10:00', ALL), [
      'morning run 2026-11-23T09:10:00+01:00',
      'meetStaff run 2026-11-23T09:11:00+01:00',
    ]);
    assert.deepEqual(walk(schoolWith(), '2026-11-23T12:30', '2026-11-23T12:31', ['meetStaff', 'morning']), [
      'meetStaff run 2026-11-23T12:30:00+01:00',
      'morning skip tooLate 2026-11-23T12:30:00+01:00',
    ]);
  });

  it('sums up the week on its last school day, whichever that is', () => {
    const week = ['2026-11-23T00:00', '2026-11-30T00:00'] as const;
    const noFriday = schoolWith({ closed: [{ from: '2026-11-27', to: '2026-11-27' }] });

    assert.deepEqual(walk(schoolWith(), ...week, ['weekDigest']), [
      'weekDigest run 2026-11-27T15:00:00+01:00',
    ]);
    assert.deepEqual(walk(noFriday, ...week, ['weekDigest']), ['weekDigest run 2026-11-26T15:00:00+01:00']);
  });

  it('comes at the school’s own times', () => {
    const early = schoolWith({ times: { morning: '08:10', dayClose: '15:30' } });

    assert.deepEqual(walk(early, '2026-11-23T00:00', '2026-11-24T00:00'), [
      'morning run 2026-11-23T08:10:00+01:00',
      'refresh run 2026-11-23T10:00:00+01:00',
      'dayClose run 2026-11-23T15:30:00+01:00',
    ]);
  });

  const idle: readonly (readonly [string, string, string, object?])[] = [
    ['at the weekend', '2026-11-21T00:00', '2026-11-23T00:00'],
    ['in a holiday', '2026-10-26T00:00', '2026-10-29T00:00'],
    ['between the terms', '2026-12-19T00:00', '2026-12-23T00:00'],
    [
      'on a day that this school alone is closed',
      '2026-11-23T00:00',
      '2026-11-24T00:00',
      { closed: [{ from: '2026-11-23', to: '2026-11-23' }] },
    ],
  ];
  for (const [when, from, to, settings] of idle) {
    it(`is nothing ${when}`, () => assert.deepEqual(walk(schoolWith({ ...settings }), from, to, ALL), []));
  }

  // The wall clock holds on the days around both switches: 2026-10-25 is one hour longer, 2027-03-28 one shorter.
  for (const [name, days, offsets] of [
    [
      'the clocks go back',
      ['2026-10-23', '2026-10-24', '2026-10-25', '2026-11-02'],
      ['+02:00', '+02:00', '+01:00', '+01:00'],
    ],
    [
      'the clocks go forward',
      ['2027-03-26', '2027-03-27', '2027-03-28', '2027-03-29'],
      ['+01:00', '+01:00', '+02:00', '+02:00'],
    ],
  ] as const) {
    it(`keeps to the wall clock where ${name}`, () => {
      const school = schoolWith({ open: days.map((day) => ({ from: day, to: day })) });

      const told = days.flatMap((day) =>
        walk(school, `${day}T00:00`, `${Temporal.PlainDate.from(day).add({ days: 1 })}T00:00`),
      );

      assert.deepEqual(
        told,
        days.flatMap((day, index) => [
          `morning run ${day}T08:45:00${offsets[index]}`,
          `refresh run ${day}T10:00:00${offsets[index]}`,
          `dayClose run ${day}T17:00:00${offsets[index]}`,
        ]),
      );
    });
  }

  describe('at a time within the switch itself', () => {
    const times = {
      roster: '00:30',
      morning: '02:30',
      refresh: '02:50',
      makeUpUntil: '05:00',
      dayClose: '17:00',
    };

    it('comes once where the hour comes twice, the first time', () => {
      const school = schoolWith({ times, open: [{ from: '2026-10-25', to: '2026-10-25' }] });

      assert.deepEqual(walk(school, '2026-10-25T00:00', '2026-10-26T00:00'), [
        'morning run 2026-10-25T02:30:00+02:00',
        'refresh run 2026-10-25T02:50:00+02:00',
        'dayClose run 2026-10-25T17:00:00+01:00',
      ]);
    });

    it('comes all the same where the hour is left out, an hour later', () => {
      const school = schoolWith({ times, open: [{ from: '2027-03-28', to: '2027-03-28' }] });

      assert.deepEqual(walk(school, '2027-03-28T00:00', '2027-03-29T00:00'), [
        'morning run 2027-03-28T03:30:00+02:00',
        'refresh run 2027-03-28T03:50:00+02:00',
        'dayClose run 2027-03-28T17:00:00+02:00',
      ]);
    });
  });

  describe('when Sedd comes up late', () => {
    const late: readonly (readonly [string, readonly string[]])[] = [
      ['09:30', ['morning run', 'refresh run', 'dayClose run']],
      ['11:59', ['morning run', 'refresh run', 'dayClose run']],
      ['12:00', ['morning skip tooLate', 'refresh skip notRun', 'dayClose run']],
      ['16:59', ['morning skip tooLate', 'refresh skip notRun', 'dayClose run']],
      ['23:58', ['morning skip tooLate', 'dayClose run', 'refresh skip notRun']],
    ];
    for (const [time, expected] of late) {
      it(`at ${time}, the morning is made up while it helps, and otherwise skipped visibly`, () => {
        const told = walk(schoolWith(), `2026-11-23T${time}`, '2026-11-24T00:00');

        assert.deepEqual(
          told.map((line) => line.slice(0, line.lastIndexOf(' '))),
          expected,
        );
      });
    }

    it('the next day begins afresh', () => {
      assert.equal(
        walk(schoolWith(), '2026-11-24T00:00', '2026-11-24T09:00').join(),
        'morning run 2026-11-24T08:45:00+01:00',
      );
    });
  });

  it('gives a digest where there was a morning, and not after the next one', () => {
    const digests = (time: string) =>
      walk(schoolWith(), `2026-11-23T${time}`, '2026-11-24T00:00', ['digestNoon', 'digestDayEnd']).map(
        (line) => line.slice(0, line.lastIndexOf(' ')),
      );

    assert.deepEqual(digests('11:30'), ['digestNoon run', 'digestDayEnd run']);
    assert.deepEqual(digests('12:30'), ['digestNoon skip notRun', 'digestDayEnd skip notRun']);
  });

  it('refreshes after the morning only, however that went, and not when the day is closed', () => {
    const due = (ledger: DayLedger, time: string) =>
      dueAtSchool(schoolWith(), ledger, at(`2026-11-23T${time}`))
        .filter(({ job }) => MAIN.includes(job))
        .map(({ job, action, note }) => [job, action, note]);

    assert.deepEqual(due(new Map(), '10:00'), [['morning', 'run', undefined]]);
    for (const state of ['started', 'done', 'failed'] as const) {
      assert.deepEqual(due(new Map([['morning', state]]), '10:00'), [['refresh', 'run', undefined]]);
    }
    assert.deepEqual(
      due(
        new Map([
          ['morning', 'done'],
          ['dayClose', 'done'],
        ]),
        '17:00',
      ),
      [['refresh', 'skip', 'tooLate']],
    );
  });
});

describe('the reading of a roster', () => {
  const source = { id: 'hub', at: '05:30', timeZone };

  it('is due once on every day, school day or not', () => {
    for (const day of ['2026-11-23', '2026-11-22', '2026-12-24', '2026-07-01']) {
      assert.deepEqual(dueRoster(source, new Map(), at(`${day}T05:29`)), []);
      const [run, ...others] = dueRoster(source, new Map(), at(`${day}T05:30`));
      assert.deepEqual(others, []);
      assert.deepEqual(
        [run?.job, run?.schoolId, run?.day.toString(), run?.action],
        ['roster', 'hub', day, 'run'],
      );
      assert.deepEqual(dueRoster(source, new Map([['roster', 'started']]), at(`${day}T23:59`)), []);
    }
  });

  it('goes before the earliest school needs it', () => {
    const schools = ['06:10', '05:45', '06:00'].map((roster) => schoolWith({ times: { roster } }));

    assert.equal(rosterTime(schools), '05:45');
  });
});
