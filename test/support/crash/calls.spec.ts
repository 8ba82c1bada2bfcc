import assert from 'node:assert/strict';
import type { ConnectorRequest } from '../connector-record.ts';
import { postingCalls } from './calls.ts';

const killed = [{ from: 0, to: 2, isKilled: true }];

describe('calls of a process that is killed', () => {
  it('leave a posting in doubt after which nothing was done there with a message', () => {
    assert.equal(postingCalls([request(1, 'createThread')], killed).certain, 0);
    assert.equal(postingCalls([request(1, 'createThread'), request(2, 'members')], killed).certain, 0);
  });

  it('leave none in doubt whose message was changed afterwards, or whose process was not killed', () => {
    assert.equal(postingCalls([request(1, 'createThread'), request(2, 'update')], killed).certain, 1);
    const lives = [{ from: 0, to: 2, isKilled: false }];
    assert.equal(postingCalls([request(1, 'createThread')], lives).certain, 1);
  });

  function request(n: number, op: ConnectorRequest['op']): ConnectorRequest {
    return { n, op, outcome: op === 'createThread' ? 201 : 200 } as ConnectorRequest;
  }
});
