import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import type { School } from '../../../services/config/municipality.ts';
import type { DayLedger } from '../../../services/schedule/due.ts';
import { dueReread, rereadForNews } from '../../../services/schedule/reread.ts';
import { schoolWith } from './schools.ts';

function at(wall: string): Temporal.Instant {
  return Temporal.PlainDateTime.from(wall).toZonedDateTime('Europe/Stockholm').toInstant();
}

type Ledger = Map<string, 'started' | 'done' | 'failed' | 'skipped'>;

const afterMorning = (): Ledger =>
  new Map([
    ['morning', 'done'],
    ['refresh', 'done'],
  ]);

/** Ticks every minute of a day from a time on, keeping the ledger; tells what was read when. */
function walk(school: School, from: string, ledger = afterMorning()): readonly string[] {
  const told: string[] = [];
  const end = at('2026-11-24T00:00');
  for (
    let now = at(`2026-11-23T${from}`);
    Temporal.Instant.compare(now, end) < 0;
    now = now.add({ minutes: 1 })
  ) {
    for (const { job, action } of dueReread(school, ledger, now)) {
      ledger.set(job, 'done');
      told.push(`${job} ${action} ${now.toZonedDateTimeISO('Europe/Stockholm').toPlainTime()}`);
    }
  }
  return told;
}

describe('a school day is read again', () => {
  it('every half hour between the refresh and the close, since what comes in after the last check counts too', () => {
    assert.deepEqual(
      walk(schoolWith(), '00:00'),
      [
        '10:30',
        '11:00',
        '11:30',
        '12:00',
        '12:30',
        '13:00',
        '13:30',
        '14:00',
        '14:30',
        '15:00',
        '15:30',
        '16:00',
        '16:30',
      ].map((slot) => `reread/${slot} run ${slot}:00`),
    );
  });

  it('before the coordinator is told what is open, however seldom otherwise', () => {
    const seldom = {
      ...schoolWith({ times: { escalate: '11:45', lastCheck: '14:50' } }),
      rereadMinutes: 240,
    };

    assert.deepEqual(walk(seldom, '00:00'), [
      'reread/11:45 run 11:45:00',
      'reread/14:00 run 14:00:00',
      'reread/14:50 run 14:50:00',
    ]);
  });

  it('once for all that was missed, when Sedd comes up late', () => {
    assert.deepEqual(walk(schoolWith(), '15:40'), [
      'reread/15:30 run 15:40:00',
      'reread/16:00 run 16:00:00',
      'reread/16:30 run 16:30:00',
    ]);
    assert.deepEqual(walk(schoolWith(), '16:59'), ['reread/16:30 run 16:59:00']);
    assert.deepEqual(walk(schoolWith(), '17:00'), []);
  });

  for (const [state, isRead] of [
    ['started', false],
    ['failed', false],
    ['skipped', false],
    ['done', true],
  ] as const) {
    it(`${isRead ? '' : 'not '}after a morning that is ${state}`, () => {
      const ledger: DayLedger = new Map([
        ['morning', state],
        ['refresh', 'failed'],
      ]);

      assert.equal(dueReread(schoolWith(), ledger, at('2026-11-23T11:00')).length, isRead ? 1 : 0);
      assert.equal(rereadForNews(schoolWith(), ledger, at('2026-11-23T11:07')).length, isRead ? 1 : 0);
    });
  }

  it('after a refresh that made up for the morning', () => {
    const ledger: DayLedger = new Map([
      ['morning', 'failed'],
      ['refresh', 'done'],
    ]);

    assert.equal(dueReread(schoolWith(), ledger, at('2026-11-23T11:00')).length, 1);
  });

  it('not while the refresh, which fell due before it, is under way', () => {
    const ledger: Ledger = new Map([['morning', 'done']]);
    assert.deepEqual(dueReread(schoolWith(), ledger, at('2026-11-23T10:45')), []);
    ledger.set('refresh', 'started');
    assert.deepEqual(dueReread(schoolWith(), ledger, at('2026-11-23T10:45')), []);

    ledger.set('refresh', 'done');

    assert.equal(dueReread(schoolWith(), ledger, at('2026-11-23T10:45')).length, 1);
  });

  it('at once when there is news, once a minute', () => {
    const ledger = afterMorning();
    const news = (time: string) => {
      const due = rereadForNews(schoolWith(), ledger, at(`2026-11-23T${time}`));
      for (const { job } of due) ledger.set(job, 'started');
      return due.map(({ job }) => job);
    };

    assert.deepEqual(news('09:20'), ['reread/09:20']);
    assert.deepEqual(news('09:20'), []);
    assert.deepEqual(news('09:21'), ['reread/09:21']);
    assert.deepEqual(news('17:00'), []);
  });

  it('never on a day without school', () => {
    for (const day of ['2026-11-22', '2026-10-27', '2026-12-24']) {
      assert.deepEqual(dueReread(schoolWith(), afterMorning(), at(`${day}T11:00`)), []);
      assert.deepEqual(rereadForNews(schoolWith(), afterMorning(), at(`${day}T11:00`)), []);
    }
  });
});
