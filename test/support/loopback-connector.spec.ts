import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { type LoopbackConnector, startLoopbackConnector } from './loopback-connector.ts';

const BODY = '{"type":"message"}';
const CALL = [
  'POST /v3/conversations/a/activities HTTP/1.1',
  'host: teams.example',
  `content-length: ${BODY.length}`,
  '',
  BODY,
].join('\r\n');

describe('the loopback connector', () => {
  let connector: LoopbackConnector;
  before(async () => {
    connector = await startLoopbackConnector();
  });
  after(() => connector.close());

  for (const [what, isGone, outcome] of [
    ['answers a client that waits', false, 201],
    ['keeps what a client sent that has left since, and knows that it heard of no answer', true, 'unheard'],
  ] as const) {
    it(what, async () => {
      const before = connector.requests().length;
      const client = connect(Number(new URL(connector.url).port), '127.0.0.1');
      await once(client, 'connect');

      client.write(CALL);
      if (isGone) client.destroy();

      await connector.until((one) => (one.requests()[before]?.outcome ?? 'pending') !== 'pending');
      const request = connector.requests()[before];
      assert.equal(request?.outcome, outcome);
      assert.equal(connector.messages().at(-1)?.id, request?.stored);
      client.destroy();
    });
  }
});
