import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { type DueRun, dueAtSchool, dueRoster } from '../../../services/schedule/due.ts';
import { schoolWith } from './schools.ts';

const timeZone = 'Europe/Stockholm';
/** From the Friday before the clocks go back to the Tuesday after, all of them school days. */
const FIRST = Temporal.PlainDate.from('2026-10-23');
const DAYS = 5;
const school = schoolWith({ open: [{ from: '2026-10-23', to: '2026-10-27' }] });

/** The minutes that Sedd is up, counted from the first midnight. */
const minutesUp = fc
  .uniqueArray(fc.integer({ min: 0, max: DAYS * 1_440 + 59 }), { minLength: 1, maxLength: 40 })
  .map((minutes) => minutes.sort((a, b) => a - b));

interface PutDown extends DueRun {
  readonly at: Temporal.ZonedDateTime;
}

/** Ticks in those minutes, keeping the ledger as the database does. */
function tickIn(minutes: readonly number[]): readonly PutDown[] {
  const midnight = FIRST.toZonedDateTime(timeZone);
  const ledgers = new Map<string, Map<string, 'started' | 'skipped'>>();
  return minutes.flatMap((minute) => {
    const at = midnight.add({ minutes: minute });
    const day = at.toPlainDate().toString();
    const ledger = ledgers.get(day) ?? new Map();
    ledgers.set(day, ledger);
    const now = at.toInstant();
    const due = [
      ...dueAtSchool(school, ledger, now),
      ...dueRoster({ id: 'hub', at: school.times.roster, timeZone }, ledger, now),
    ];
    for (const { job, action } of due) ledger.set(job, action === 'run' ? 'started' : 'skipped');
    return due.map((run) => ({ ...run, at }));
  });
}

function wall({ at }: PutDown): string {
  return at.toPlainTime().toString({ smallestUnit: 'minute' });
}

describe('whatever minutes Sedd is up', () => {
  it('puts each job down at most once for each day', () => {
    fc.assert(
      fc.property(minutesUp, (minutes) => {
        const keys = tickIn(minutes).map(({ job, day }) => `${job} ${day}`);

        assert.equal(new Set(keys).size, keys.length);
      }),
    );
  });

  it('puts a job down on its own day, not before its time, and runs it only while it helps', () => {
    fc.assert(
      fc.property(minutesUp, (minutes) => {
        const { times } = school;
        for (const run of tickIn(minutes)) {
          assert.ok(run.at.toPlainDate().equals(run.day));
          const begin: Readonly<Record<string, string>> = {
            ...{ roster: times.roster, meetStaff: times.roster },
            ...{ morning: times.morning, refresh: times.refresh, cases: times.refresh },
            ...{ digestNoon: times.escalate, digestDayEnd: times.lastCheck, weekDigest: times.lastCheck },
          };
          assert.ok(wall(run) >= (begin[run.job] ?? times.dayClose));
          const until: string | undefined = {
            ...{ meetStaff: times.dayClose, morning: times.makeUpUntil, refresh: times.dayClose },
            ...{ cases: times.dayClose },
            ...{ digestNoon: times.lastCheck, digestDayEnd: times.dayClose },
          }[run.job];
          if (until !== undefined && run.note !== 'notRun') {
            assert.equal(run.action, wall(run) < until ? 'run' : 'skip');
          }
        }
      }),
    );
  });

  it('does the morning of every day on which it was up in time', () => {
    fc.assert(
      fc.property(minutesUp, (minutes) => {
        const midnight = FIRST.toZonedDateTime(timeZone);
        const inTime = minutes
          .map((minute) => midnight.add({ minutes: minute }))
          .filter((at) => {
            const time = at.toPlainTime().toString({ smallestUnit: 'minute' });
            return time >= school.times.morning && time < school.times.makeUpUntil;
          })
          .map((at) => at.toPlainDate().toString());

        const done = tickIn(minutes)
          .filter(({ job, action }) => job === 'morning' && action === 'run')
          .map(({ day }) => day.toString());

        assert.deepEqual(new Set(done), new Set(inTime));
      }),
    );
  });

  it('refreshes nothing before its morning', () => {
    fc.assert(
      fc.property(minutesUp, (minutes) => {
        const all = tickIn(minutes);
        for (const refresh of all.filter(({ job }) => job === 'refresh')) {
          const morning = all.find(({ job, day }) => job === 'morning' && day.equals(refresh.day));
          assert.ok(morning !== undefined);
          assert.ok(Temporal.ZonedDateTime.compare(morning.at, refresh.at) < 0);
          assert.ok(morning.action === 'run' || refresh.note === 'notRun');
        }
      }),
    );
  });
});
