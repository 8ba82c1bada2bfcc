import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { spacedConnector } from '../../bot/spaced-connector.ts';

describe('spacedConnector', () => {
  it('lets the first call leave at once, and no more than Teams takes in any second however many come together', async () => {
    const leftAt: number[] = [];
    const time = fakeTime();
    const connector = spacedConnector({ call: async () => leftAt.push(time.nowMs()) }, time);

    await Promise.all(Array.from({ length: 200 }, () => connector.call('POST', 'https://teams', 'path')));

    assert.equal(leftAt[0], 0);
    const inTheSecondAfter = leftAt.map((at) => leftAt.filter((one) => one >= at && one < at + 1_000).length);
    assert.equal(leftAt.length, 200);
    assert.ok(Math.max(...inTheSecondAfter) < 50, `${Math.max(...inTheSecondAfter)}`);
    assert.ok((leftAt.at(-1) ?? 0) < 4_300, `${leftAt.at(-1)}`);
  });

  it('hands on what it is asked, and what comes back', async () => {
    const asked: unknown[] = [];
    const call = async (...what: unknown[]) => {
      asked.push(what);
      return { id: '1' };
    };
    const connector = spacedConnector({ call }, fakeTime());

    const answer = await connector.call('PUT', 'https://teams', 'path', { type: 'message' });

    assert.deepEqual(asked, [['PUT', 'https://teams', 'path', { type: 'message' }]]);
    assert.deepEqual(answer, { id: '1' });
  });
});

/** Time that passes when everybody waits, to the first of the times that are waited for. */
function fakeTime() {
  let nowMs = 0;
  let waiting: { readonly at: number; readonly wake: () => void }[] = [];
  const pass = () => {
    nowMs = Math.min(...waiting.map(({ at }) => at));
    const due = waiting.filter(({ at }) => at <= nowMs);
    waiting = waiting.filter(({ at }) => at > nowMs);
    for (const { wake } of due) wake();
  };
  return {
    nowMs: () => nowMs,
    clock: { now: () => Temporal.Instant.fromEpochMilliseconds(nowMs) },
    delay: (ms: number) =>
      new Promise<void>((wake) => {
        if (waiting.length === 0) setImmediate(pass);
        waiting.push({ at: nowMs + Math.max(1, Math.ceil(ms)), wake });
      }),
  };
}
