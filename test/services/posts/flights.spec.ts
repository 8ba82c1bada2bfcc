import assert from 'node:assert/strict';
import { Flights } from '../../../services/posts/flights.ts';

interface Work {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (reason: Error) => void;
}

function work(): Work {
  let resolve: () => void = () => {};
  let reject: (reason: Error) => void = () => {};
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

describe('Flights', () => {
  it('knows what is under way', async () => {
    const flights = new Flights();
    const [a, b] = [work(), work()];
    flights.start('a', () => a.promise);
    flights.start('b', () => b.promise);
    assert.deepEqual(flights.keys(), ['a', 'b']);

    a.resolve();
    await flights.oneLanded();

    assert.deepEqual([flights.keys(), flights.size], [['b'], 1]);
    b.resolve();
    await flights.allLanded();
    assert.equal(flights.size, 0);
  });

  it('does not wait where nothing is under way', async () => {
    const flights = new Flights();

    await flights.oneLanded();
    await flights.allLanded();
  });

  it('sees everything to its end before it tells of the first failure', async () => {
    const flights = new Flights();
    const [a, b, c] = [work(), work(), work()];
    const landed: string[] = [];
    flights.start('a', () => a.promise);
    flights.start('b', () => b.promise);
    flights.start('c', () => c.promise.then(() => void landed.push('c')));
    a.reject(new Error('first'));
    await flights.oneLanded();
    b.reject(new Error('second'));
    await flights.oneLanded();

    const end = flights.allLanded();
    c.resolve();

    await assert.rejects(end, { message: 'first' });
    assert.deepEqual(landed, ['c']);
  });

  it('takes a key again once it has landed, also after a failure', async () => {
    const flights = new Flights();
    flights.start('a', () => Promise.reject(new Error('no')));
    await flights.oneLanded();

    const again = work();
    flights.start('a', () => again.promise);

    assert.deepEqual(flights.keys(), ['a']);
    again.resolve();
    await assert.rejects(flights.allLanded());
  });
});
