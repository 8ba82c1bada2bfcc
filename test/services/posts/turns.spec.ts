import assert from 'node:assert/strict';
import { createPacing } from '../../../services/posts/pacing.ts';
import { createTurns, type TakeTurn } from '../../../services/posts/turns.ts';
import { createWireTime, type WireTime } from '../../support/wire-time.ts';

describe('createTurns', () => {
  let time: WireTime;
  let stopping: AbortController;
  let takeTurn: TakeTurn;
  let waits: number[];

  beforeEach(() => {
    time = createWireTime(async () => {});
    stopping = new AbortController();
    waits = [];
    const delay = async (ms: number, signal?: AbortSignal) => {
      waits.push(ms);
      await time.delay(ms, signal);
    };
    takeTurn = createTurns({ pacing: createPacing(), clock: time.clock, delay }, stopping.signal);
  });

  it('gives the first turn at once', async () => {
    assert.equal(await takeTurn('c1', false), true);

    assert.deepEqual(waits, []);
  });

  it('waits where the conversation has had its share', async () => {
    const start = time.nowMs();
    for (let call = 0; call < 7; call += 1) await takeTurn('c1', true);

    assert.ok(time.nowMs() - start >= 1_000);
  });

  it('gives each of many who wait together a turn of their own', async () => {
    const start = time.nowMs();

    const turns = await Promise.all(Array.from({ length: 100 }, (_, index) => takeTurn(`c${index}`, false)));

    assert.ok(turns.every(Boolean));
    assert.ok(time.nowMs() - start >= 1_900, `${time.nowMs() - start} ms`);
  });

  it('gives none when Sedd is stopping, nor to those who wait', async () => {
    for (let call = 0; call < 6; call += 1) await takeTurn('c1', true);
    const waiting = takeTurn('c1', true);

    stopping.abort();

    assert.deepEqual([await waiting, await takeTurn('c2', true)], [false, false]);
  });
});
