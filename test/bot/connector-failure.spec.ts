import assert from 'node:assert/strict';
import { connectorFailure } from '../../bot/connector-failure.ts';

const NOW = Date.UTC(2026, 10, 23, 7, 45);

describe('connectorFailure', () => {
  const waits: readonly (readonly [string, string | null, number | undefined])[] = [
    ['seconds', '7', 7],
    ['part of a second', '0.5', 0.5],
    ['a date to come', 'Mon, 23 Nov 2026 07:46:30 GMT', 90],
    ['a date that is past', 'Mon, 23 Nov 2026 07:44:00 GMT', 0],
    ['a century', '3155760000', 600],
    ['nonsense', 'soon', undefined],
    ['a negative number', '-5', undefined],
    ['nothing', null, undefined],
  ];

  for (const [name, retryAfter, seconds] of waits) {
    it(`reads ${name} in Retry-After as ${seconds} s`, () => {
      const failure = connectorFailure(429, retryAfter, undefined, () => NOW);

      assert.equal(failure.kind, 'notAccepted');
      assert.equal(failure.retryAfterSeconds, seconds);
    });
  }

  it('waits with nothing that will never be accepted', () => {
    assert.equal(connectorFailure(413, '7', 'MessageSizeTooBig').retryAfterSeconds, undefined);
  });

  const statuses: readonly (readonly [number, string])[] = [
    [400, 'refused'],
    [401, 'notAuthorised'],
    [403, 'unreachable'],
    [404, 'unreachable'],
    [405, 'refused'],
    [408, 'unknown'],
    [412, 'notAccepted'],
    [429, 'notAccepted'],
    [500, 'unknown'],
    [599, 'unknown'],
  ];

  for (const [status, kind] of statuses) {
    it(`takes ${status} with a code that nobody knows as ${kind}`, () => {
      const failure = connectorFailure(status, null, 'SomethingNew');

      assert.deepEqual([failure.kind, failure.code], [kind, 'SomethingNew']);
    });
  }

  it('goes by the code before the status', () => {
    assert.equal(connectorFailure(400, null, 'ConversationNotFound').kind, 'unreachable');
  });
});
