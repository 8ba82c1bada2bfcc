import assert from 'node:assert/strict';
import type { Connector } from '../../bot/connector.ts';
import { createMetrics } from '../../bot/metrics.ts';
import { ChatFailure } from '../../services/posts/chat.ts';

describe('createMetrics', () => {
  it('counts turns by kind and outcome', async () => {
    const metrics = createMetrics({ waiting: async () => 0 });

    metrics.turn('press', 'answered');
    metrics.turn('press', 'answered');
    metrics.turn('message', 'failed');

    const page = await metrics.text();
    assert.match(page, /sedd_turns_total\{kind="press",outcome="answered"\} 2/);
    assert.match(page, /sedd_turns_total\{kind="message",outcome="failed"\} 1/);
  });

  it('counts calls by outcome, and hands on answers and failures as they are', async () => {
    const metrics = createMetrics({ waiting: async () => 0 });
    const failure = new ChatFailure('notAccepted', 'http.429', 'later');
    const good: Connector = { call: async () => 'answer' };
    const bad: Connector = { call: () => Promise.reject(failure) };

    const answer = await metrics.counted(good).call('POST', 'https://a.example', 'p', {});
    const thrown: unknown = await metrics
      .counted(bad)
      .call('PUT', 'https://a.example', 'p', {})
      .catch((error) => error);

    assert.equal(answer, 'answer');
    assert.equal(thrown, failure);
    const page = await metrics.text();
    assert.match(page, /sedd_teams_calls_total\{method="POST",outcome="ok"\} 1/);
    assert.match(page, /sedd_teams_calls_total\{method="PUT",outcome="notAccepted"\} 1/);
  });

  it('asks what waits when the page is read', async () => {
    let waiting = 3;
    const metrics = createMetrics({ waiting: async () => waiting });
    await metrics.text();
    waiting = 7;

    assert.match(await metrics.text(), /sedd_posts_waiting 7/);
  });

  it('shows the rest where the database does not answer', async () => {
    const metrics = createMetrics({ waiting: () => Promise.reject(new Error('no connection')) });
    metrics.turn('press', 'answered');

    assert.match(await metrics.text(), /sedd_turns_total\{kind="press",outcome="answered"\} 1/);
  });

  it('may be made twice in a process', async () => {
    createMetrics({ waiting: async () => 0 });

    assert.doesNotThrow(() => createMetrics({ waiting: async () => 0 }));
  });
});
