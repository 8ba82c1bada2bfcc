import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { type DemoClock, demoClock } from '../../demo/clock.ts';
import { demoConfiguration } from '../../demo/configuration.ts';
import { nextEhtMoment } from '../../demo/eht-moments.ts';
import { orders } from '../../demo/orders.ts';
import type { SchoolCalendar } from '../../services/config/municipality.ts';

const zone = 'Europe/Stockholm';

describe('what the demo’s clock can be told', () => {
  const table: readonly (readonly [string, string, string, string])[] = [
    ['n', 'five minutes on', '2026-11-23T08:40', '2026-11-23T08:45'],
    ['t', 'an hour on', '2026-11-23T08:40', '2026-11-23T09:40'],
    ['t', 'an hour on, through midnight', '2026-11-23T23:30', '2026-11-24T00:30'],
    ['d', 'from a morning to the next', '2026-11-23T08:40', '2026-11-24T08:40'],
    ['d', 'from just before a morning to that one', '2026-11-23T08:39', '2026-11-23T08:40'],
    ['d', 'from a Friday over the weekend', '2026-11-27T14:00', '2026-11-30T08:40'],
    ['d', 'from a weekend', '2026-11-28T12:00', '2026-11-30T08:40'],
    ['d', 'over a holiday and the change of clocks', '2026-10-23T16:00', '2026-11-02T08:40'],
    ['d', 'over Christmas', '2026-12-18T16:00', '2027-01-11T08:40'],
    ['d', 'nowhere where the school year has ended', '2027-06-10T16:00', '2027-06-10T16:00'],
    ['e', 'to EHT’s list', '2026-11-23T08:40', '2026-11-23T14:00'],
    ['e', 'from its list to the meeting', '2026-11-23T14:00', '2026-11-24T13:00'],
    ['e', 'from the meeting to its end', '2026-11-24T13:00', '2026-11-24T14:00'],
    ['e', 'from the end of a meeting to the next one’s list', '2026-11-24T14:00', '2026-11-30T14:00'],
    ['e', 'nowhere where no meeting is to come', '2026-12-01T14:00', '2026-12-01T14:00'],
  ];
  for (const [key, name, from, to] of table) {
    it(`goes ${name}`, () => {
      const clock = clockAt(from);

      act(key, clock);

      assert.equal(shown(clock), to);
    });
  }

  it('stands still when it is held, and goes on when it is let go', () => {
    const clock = clockAt('2026-11-23T08:40');

    act('space', clock);
    const whenHeld = clock.isHeld;
    act('space', clock);

    assert.deepEqual([whenHeld, clock.isHeld], [true, false]);
  });

  it('gives each order a key and an address of its own', () => {
    assert.equal(new Set(orders.map(({ key }) => key)).size, orders.length);
    assert.equal(new Set(orders.map(({ path }) => path)).size, orders.length);
  });
});

function clockAt(time: string): DemoClock {
  const startsAt = Temporal.PlainDateTime.from(time).toZonedDateTime(zone).toInstant();
  return demoClock({ startsAt, speed: 60, elapsedMs: () => 0 });
}

function act(key: string, clock: DemoClock): void {
  orders.find((order) => order.key === key)?.act(clock, { calendar: calendar(), nextEht });
}

function nextEht(now: Temporal.Instant) {
  const meetings = ['2026-11-24', '2026-12-01'].map((day) => {
    const startsAt = Temporal.PlainDateTime.from(`${day}T13:00`).toZonedDateTime(zone).toInstant();
    return { listAt: startsAt.subtract({ hours: 23 }), startsAt, endsAt: startsAt.add({ hours: 1 }) };
  });
  return nextEhtMoment(meetings, now);
}

function shown(clock: DemoClock): string {
  return clock.now().toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' });
}

function calendar(): SchoolCalendar {
  const source = { url: 'http://127.0.0.1:1', tokenUrl: 'http://127.0.0.1:1/token' };
  const [school] = demoConfiguration({ source, serviceUrl: 'http://127.0.0.1:1/_connector' }).schools;
  assert.ok(school !== undefined);
  return school.calendar;
}
