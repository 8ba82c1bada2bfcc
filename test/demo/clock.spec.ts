import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { type DemoClock, demoClock } from '../../demo/clock.ts';

const START = Temporal.Instant.from('2026-11-23T07:40:00Z');

describe('the demo’s clock', () => {
  let real: number;
  const started = (speed: number): DemoClock => demoClock({ startsAt: START, speed, elapsedMs: () => real });
  const shown = (clock: DemoClock) => clock.now().since(START).total('seconds');

  beforeEach(() => {
    real = 5_000;
  });

  it('begins where it is told to', () => {
    assert.equal(shown(started(60)), 0);
  });

  for (const speed of [0.5, 1, 60, 600]) {
    it(`runs ${speed} times as fast as real time`, () => {
      const clock = started(speed);

      real += 10_000;

      assert.equal(shown(clock), 10 * speed);
    });
  }

  it('loses nothing by being looked at often', () => {
    const clock = started(60);

    for (let look = 0; look < 1_000; look += 1) {
      real += 1;
      clock.now();
    }

    assert.equal(shown(clock), 60);
  });

  it('stands still while it is held, and goes on from there', () => {
    const clock = started(60);
    real += 1_000;
    clock.hold();
    real += 30_000;
    assert.equal(shown(clock), 60);
    assert.equal(clock.isHeld, true);

    clock.resume();
    real += 1_000;

    assert.equal(shown(clock), 120);
    assert.equal(clock.isHeld, false);
  });

  it('is held once however often it is told, and let go once', () => {
    const clock = started(60);

    clock.hold();
    clock.hold();
    real += 1_000;
    clock.resume();
    clock.resume();
    real += 1_000;

    assert.equal(shown(clock), 60);
  });

  it('is stepped forward, held or not', () => {
    const clock = started(60);

    clock.step({ minutes: 5 });
    clock.hold();
    clock.step({ hours: 1 });
    real += 9_000;

    assert.equal(shown(clock), 65 * 60);
    assert.equal(clock.isHeld, true);
  });
});
