import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { type Connector, createConnector } from '../../bot/connector.ts';
import { createLog } from '../../services/log.ts';
import { ChatFailure, type ChatFailureKind } from '../../services/posts/chat.ts';
import {
  type ConnectorBehaviour,
  type LoopbackConnector,
  startLoopbackConnector,
} from '../support/loopback-connector.ts';

interface Row {
  readonly name: string;
  readonly behaviour: ConnectorBehaviour;
  readonly kind: ChatFailureKind;
  readonly code?: string;
  readonly retryAfterSeconds?: number;
}

const answered = (status: number, code?: string, headers?: Record<string, string>): ConnectorBehaviour => ({
  kind: 'status',
  status,
  ...(code === undefined ? {} : { code }),
  ...(headers === undefined ? {} : { headers }),
});

/** What one call can meet, and what it means for what to do next. */
const table: readonly Row[] = [
  { name: 'a reset before it was stored', behaviour: { kind: 'reset' }, kind: 'unknown' },
  { name: 'a reset after it was stored', behaviour: { kind: 'reset', stored: true }, kind: 'unknown' },
  { name: 'an answer cut in the middle', behaviour: { kind: 'cut', stored: true }, kind: 'unknown' },
  { name: 'no answer', behaviour: { kind: 'silent', stored: true }, kind: 'unknown' },
  { name: 'an answer that never ends', behaviour: { kind: 'stall', stored: true }, kind: 'unknown' },
  { name: '500', behaviour: { ...answered(500), stored: true } as ConnectorBehaviour, kind: 'unknown' },
  {
    name: '502 after it was stored',
    behaviour: { ...answered(502), stored: true } as ConnectorBehaviour,
    kind: 'unknown',
  },
  { name: '503', behaviour: answered(503), kind: 'unknown' },
  {
    name: '503 with Retry-After',
    behaviour: answered(503, undefined, { 'retry-after': '1' }),
    kind: 'unknown',
  },
  { name: '504', behaviour: answered(504), kind: 'unknown' },
  {
    name: '429 with seconds',
    behaviour: answered(429, undefined, { 'retry-after': '7' }),
    kind: 'notAccepted',
    retryAfterSeconds: 7,
  },
  { name: '429 without', behaviour: answered(429), kind: 'notAccepted' },
  {
    name: '429 with nonsense',
    behaviour: answered(429, undefined, { 'retry-after': 'soon' }),
    kind: 'notAccepted',
  },
  {
    name: '429 with a century',
    behaviour: answered(429, undefined, { 'retry-after': '3155760000' }),
    kind: 'notAccepted',
    retryAfterSeconds: 600,
  },
  { name: '412', behaviour: answered(412, 'PreconditionFailed'), kind: 'notAccepted' },
  {
    name: '401',
    behaviour: answered(401, 'BotNotRegistered'),
    kind: 'notAuthorised',
    code: 'BotNotRegistered',
  },
  {
    name: '403 blocked by an admin',
    behaviour: answered(403, 'BotDisabledByAdmin'),
    kind: 'unreachable',
    code: 'BotDisabledByAdmin',
  },
  {
    name: '403 writes blocked',
    behaviour: answered(403, 'MessageWritesBlocked'),
    kind: 'unreachable',
    code: 'MessageWritesBlocked',
  },
  {
    name: '403 blocked by the user',
    behaviour: answered(403, 'ConversationBlockedByUser'),
    kind: 'unreachable',
    code: 'ConversationBlockedByUser',
  },
  {
    name: '403 not in the roster',
    behaviour: answered(403, 'BotNotInConversationRoster'),
    kind: 'unreachable',
    code: 'BotNotInConversationRoster',
  },
  {
    name: '403 not installed',
    behaviour: answered(403, 'ForbiddenOperationException'),
    kind: 'unreachable',
    code: 'ForbiddenOperationException',
  },
  {
    name: '404 of the conversation',
    behaviour: answered(404, 'ConversationNotFound'),
    kind: 'unreachable',
    code: 'ConversationNotFound',
  },
  {
    name: '404 of the message',
    behaviour: answered(404, 'ActivityNotFoundInConversation'),
    kind: 'messageGone',
    code: 'ActivityNotFoundInConversation',
  },
  { name: '413', behaviour: answered(413, 'MessageSizeTooBig'), kind: 'refused', code: 'MessageSizeTooBig' },
  { name: '400', behaviour: answered(400, 'BadSyntax'), kind: 'refused', code: 'BadSyntax' },
  {
    name: 'a redirect',
    behaviour: answered(307, undefined, { location: '/v3/conversations' }),
    kind: 'unknown',
  },
];

describe('createConnector', () => {
  let far: LoopbackConnector;
  let connector: Connector;

  before(async () => {
    far = await startLoopbackConnector();
    connector = connectorTo(new URL(far.url).host);
  });
  after(() => far.close());

  for (const { name, behaviour, kind, code, retryAfterSeconds } of table) {
    it(`sends once, and calls ${name} ${kind}`, async () => {
      const [requests, messages] = [far.requests().length, far.messages().length];
      far.script(() => behaviour);

      const failure = await failureOf(() => post(connector, far.url));

      assert.equal(far.requests().length - requests, 1, 'requests');
      assert.equal(far.messages().length - messages, behaviour.stored === true ? 1 : 0, 'messages');
      assert.equal(failure.kind, kind);
      assert.equal(failure.retryAfterSeconds, retryAfterSeconds);
      if (code !== undefined) assert.equal(failure.code, code);
    });
  }

  it('waits as long as a date in Retry-After says', async () => {
    far.script(() =>
      answered(429, undefined, { 'retry-after': new Date(Date.now() + 90_000).toUTCString() }),
    );

    const failure = await failureOf(() => post(connector, far.url));

    const wait = failure.retryAfterSeconds ?? 0;
    assert.ok(wait > 30 && wait <= 90, `${wait}`);
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

  it('leaves neither its token nor the message in the log of a failure', async () => {
    for (const { behaviour } of table) {
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

function connectorTo(host: string): Connector {
  return createConnector({ allowedHosts: new Set([host]), timeoutMs: 300, token: async () => 'own-token' });
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
