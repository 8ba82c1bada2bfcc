import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { type Connector, createConnector } from '../../bot/connector.ts';
import { createLog } from '../../services/log.ts';
import { ChatFailure } from '../../services/posts/chat.ts';
import { startAnsweringMeanwhile } from '../support/answering-meanwhile.ts';
import { connectorFaults } from '../support/connector-faults.ts';
import { type LoopbackConnector, startLoopbackConnector } from '../support/loopback-connector.ts';
import { keepSweeping } from '../support/sweeping.ts';

describe('createConnector', () => {
  let far: LoopbackConnector;
  let connector: Connector;

  before(async () => {
    far = await startLoopbackConnector();
    connector = connectorTo(new URL(far.url).host);
  });
  after(() => far.close());

  for (const { name, behaviour, kind, code, retryAfterSeconds } of connectorFaults) {
    it(`sends once, and calls ${name} ${kind}`, async () => {
      const [requests, messages] = [far.requests().length, far.messages().length];
      far.script(() => behaviour);

      const failure = await failureOf(() => post(connector, far.url));

      assert.equal(far.requests().length - requests, 1, 'requests');
      assert.equal(far.messages().length - messages, behaviour.stored === true ? 1 : 0, 'messages');
      assert.equal(failure.kind, kind);
      if (code !== undefined) assert.equal(failure.code, code);
      assert.equal(failure.retryAfterSeconds, retryAfterSeconds);
    });
  }

  for (const status of [200, 403]) {
    it(`waits no longer than it may for a ${status} that never ends, when memory is swept meanwhile`, async () => {
      far.script(() => ({ kind: 'stall', status }));
      const letBe = keepSweeping();

      const failure = await failureOf(() => post(connector, far.url)).finally(letBe);

      assert.equal(failure.kind, status === 200 ? 'unknown' : 'notAccepted');
    });
  }

  it('reads the answer that came while the process stood still for longer than it may wait', async () => {
    const timeoutMs = 2_000;
    const answering = await startAnsweringMeanwhile({ id: '1' });
    try {
      const call = post(connectorTo(answering.host, timeoutMs), `http://${answering.host}/`);
      await answering.called;

      answering.standStill(1.1 * timeoutMs);

      assert.deepEqual(await call, { id: '1' });
    } finally {
      await answering.close();
    }
  });

  it('does not follow a redirect, which may lead anywhere', async () => {
    const requests = far.requests().length;
    const headers = { location: '/v3/conversations' };
    far.script(() => ({ kind: 'status', status: 307, headers }));

    const failure = await failureOf(() => post(connector, far.url));

    assert.equal(failure.kind, 'unknown');
    assert.equal(far.requests().length - requests, 1);
  });

  it('knows that nothing was sent where nobody listens', async () => {
    const host = await closedPort();

    const failure = await failureOf(() => post(connectorTo(host), `http://${host}/`));

    assert.equal(failure.kind, 'notAccepted');
    assert.equal(failure.code, 'network.ECONNREFUSED');
  });

  it('does not call, nor tell its token to, a host that is not allowed', async () => {
    const requests = far.requests().length;
    let tokens = 0;
    const elsewhere = createConnector({
      allowedHosts: new Set(['smba.trafficmanager.net']),
      timeoutMs: 500,
      token: async () => `${tokens++}`,
    });

    const failure = await failureOf(() => post(elsewhere, far.url));

    assert.equal(failure.kind, 'unreachable');
    assert.equal(failure.code, 'serviceUrlNotAllowed');
    assert.deepEqual([far.requests().length - requests, tokens], [0, 0]);
  });

  it('does not send its token in the clear', async () => {
    const clear = createConnector({
      allowedHosts: new Set(['teams.example']),
      timeoutMs: 500,
      token: async () => 'secret',
    });

    const failure = await failureOf(() => post(clear, 'http://teams.example/'));

    assert.equal(failure.code, 'serviceUrlNotAllowed');
  });

  it('says that its credentials fail where it gets no token', async () => {
    const withoutToken = createConnector({
      allowedHosts: new Set([new URL(far.url).host]),
      timeoutMs: 500,
      token: () => Promise.reject(new Error('invalid_client')),
    });

    const failure = await failureOf(() => post(withoutToken, far.url));

    assert.equal(failure.kind, 'notAuthorised');
  });

  it('does not wait for ever for its token either', async () => {
    const requests = far.requests().length;
    const hanging = createConnector({
      allowedHosts: new Set([new URL(far.url).host]),
      timeoutMs: 50,
      token: () => new Promise(() => {}),
    });

    const failure = await failureOf(() => post(hanging, far.url));

    assert.equal(failure.kind, 'notAuthorised');
    assert.equal(far.requests().length, requests);
  });

  it('leaves neither its token nor the message in the log of a failure', async () => {
    for (const { behaviour } of connectorFaults) {
      far.script(() => behaviour);
      const failure = await failureOf(() => post(connector, far.url));
      const lines: string[] = [];

      createLog('debug', { write: (line) => lines.push(line) }).warn(
        { err: failure, cause: { err: failure.cause } },
        'failed',
      );

      assert.doesNotMatch(lines.join(), /own-token|hello/);
    }
  });

  it('carries its token', async () => {
    far.script(undefined);

    await post(connector, far.url);

    assert.equal(far.requests().at(-1)?.authorization, 'Bearer own-token');
  });
});

function connectorTo(host: string, timeoutMs = 300): Connector {
  return createConnector({ allowedHosts: new Set([host]), timeoutMs, token: async () => 'own-token' });
}

async function post(connector: Connector, serviceUrl: string): Promise<unknown> {
  return await connector.call('POST', serviceUrl, 'v3/conversations/a/activities', {
    type: 'message',
    text: 'hello',
  });
}

async function failureOf(act: () => Promise<unknown>): Promise<ChatFailure> {
  const error: unknown = await act().then(
    () => assert.fail('the call went well'),
    (reason) => reason,
  );
  assert.ok(error instanceof ChatFailure, `${error}`);
  return error;
}

async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `127.0.0.1:${port}`;
}
