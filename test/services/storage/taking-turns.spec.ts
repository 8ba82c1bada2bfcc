import assert from 'node:assert/strict';
import { takingTurns } from '../../../services/storage/taking-turns.ts';

/** Lets what is ready to run do so. */
function turnOfTheLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('work that takes turns', () => {
  let log: string[];
  /** Ends the rest that is taken. */
  let rested: (() => void)[];

  beforeEach(() => {
    log = [];
    rested = [];
  });

  const turns = () => takingTurns(() => new Promise((resolve) => rested.push(resolve)));

  const work = (name: string) => async () => {
    log.push(`${name} begins`);
    await turnOfTheLoop();
    log.push(`${name} ends`);
    return name;
  };

  async function rest(): Promise<void> {
    rested.shift()?.();
    await turnOfTheLoop();
    await turnOfTheLoop();
  }

  it('goes on one at a time, in the order asked for, with a rest after each', async () => {
    const inTurn = turns();

    const all = Promise.all(['a', 'b', 'c'].map((name) => inTurn(work(name))));
    await turnOfTheLoop();
    await turnOfTheLoop();
    assert.deepEqual(log, ['a begins', 'a ends']);
    await rest();
    assert.deepEqual(log.slice(2), ['b begins', 'b ends']);
    await rest();

    assert.deepEqual(await all, ['a', 'b', 'c']);
  });

  it('is answered before the rest', async () => {
    assert.equal(await turns()(work('a')), 'a');
    assert.equal(rested.length, 1);
  });

  it('rests for as long as it took', async () => {
    const rests: number[] = [];
    const inTurn = takingTurns(async (ms) => void rests.push(ms));
    const from = performance.now();

    await inTurn(work('a'));

    const [ms = Number.NaN] = rests;
    assert.ok(ms > 0 && ms <= performance.now() - from, `${ms}`);
  });

  it('gives the turn on when it fails', async () => {
    const inTurn = turns();
    const failing = inTurn(() => Promise.reject(new Error('no')));
    const next = inTurn(work('b'));

    await assert.rejects(failing, /no/);
    await rest();

    assert.equal(await next, 'b');
  });
});
