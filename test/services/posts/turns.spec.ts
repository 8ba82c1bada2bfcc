import assert from 'node:assert/strict';
import { createPacing } from '../../../services/posts/pacing.ts';
import { createTurns, type TakeTurn } from '../../../services/posts/turns.ts';
import { createWireTime, type WireTime } from '../../support/wire-time.ts';
import { turnOfTheLoop } from './delivery.ts';

describe('createTurns', () => {
  let time: WireTime;
  let stopping: AbortController;
  let takeTurn: TakeTurn;
  let waits: number[];

  beforeEach(() => {
    time = createWireTime(turnOfTheLoop);
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

  it('gives them in the order in which they were asked for, and first to those that a person waits for', async () => {
    const given: string[] = [];
    const take = async (id: string, isUrgent: boolean) => {
      if (await takeTurn(id, isUrgent)) given.push(id);
    };
    const bulk = Array.from({ length: 30 }, (_, index) => `c${index}`);

    await Promise.all([...bulk.map((id) => take(id, false)), take('pressed', true)]);

    assert.deepEqual(
      given.filter((id) => id !== 'pressed'),
      bulk,
    );
    assert.ok(given.indexOf('pressed') < 5, given.join(' '));
  });

  it('lets a conversation that has had its share hold up no other', async () => {
    for (let call = 0; call < 6; call += 1) await takeTurn('c1', true);
    const start = time.nowMs();
    const full = takeTurn('c1', false);

    await takeTurn('c2', false);

    assert.ok(time.nowMs() - start < 500, `${time.nowMs() - start} ms`);
    assert.equal(await full, true);
  });

  it('gives none when Sedd is stopping, nor to those who wait', async () => {
    for (let call = 0; call < 6; call += 1) await takeTurn('c1', true);
    const waiting = takeTurn('c1', true);

    stopping.abort();

    assert.deepEqual([await waiting, await takeTurn('c2', true)], [false, false]);
  });
});
