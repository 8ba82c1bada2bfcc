import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Answer } from '../../bot/inbound.ts';
import { type EndpointDeps, receiveActivity } from '../../bot/messages-endpoint.ts';
import { SeddError } from '../../services/errors.ts';
import { createLog, silentLog } from '../../services/log.ts';

const none: Answer = { kind: 'none' };
const activity = {
  type: 'message',
  text: 'hjälp',
  channelId: 'msteams',
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  from: { id: '29:karin', aadObjectId: 'entra-karin' },
  recipient: { id: '28:sedd' },
  conversation: { id: 'a:1', conversationType: 'personal', tenantId: 'ours' },
  channelData: { tenant: { id: 'ours' } },
};

describe('receiveActivity', () => {
  const malformed: readonly (readonly [string, string])[] = [
    ['nothing', ''],
    ['no JSON', '{"type":'],
    ['a list', '[]'],
    ['a list of activities', JSON.stringify([activity])],
    ['a text', '"message"'],
    ['a number', '7'],
    ['null', 'null'],
    ['an activity without a type', JSON.stringify({ ...activity, type: undefined })],
    ['an empty type', JSON.stringify({ ...activity, type: '' })],
    ['a type that is no text', JSON.stringify({ ...activity, type: { a: 1 } })],
    ['a conversation that is no conversation', JSON.stringify({ ...activity, conversation: 'a:1' })],
    ['a sender without an id', JSON.stringify({ ...activity, from: {} })],
    ['a nest of lists', `{"type":"message","value":${'['.repeat(60_000)}${']'.repeat(60_000)}}`],
    ['a nest of objects', `{"type":"message","value":${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}}`],
  ];

  for (const [name, body] of malformed) {
    it(`answers 400 to ${name}`, async () => {
      assert.equal((await receive(body)).status, 400);
    });
  }

  it('does not ask who it is before it is an activity', async () => {
    const response = await receive('{}', { identity: identity(() => assert.fail('asked')) });

    assert.equal(response.status, 400);
  });

  it('answers 401 to what Teams did not send, and hands nothing on', async () => {
    const response = await receive(JSON.stringify(activity), {
      identity: identity(() => {
        throw new SeddError('auth.refused', 'no');
      }),
    });

    assert.deepEqual(response, { status: 401, body: { code: 'notProven' } });
  });

  it('answers 503 while nobody can be proven, and says why in the log', async () => {
    const lines: string[] = [];
    const response = await receive(JSON.stringify(activity), {
      log: createLog('error', { write: (line) => lines.push(line) }),
      identity: identity(() => {
        throw new SeddError('auth.withoutKeys', 'let Sedd reach it');
      }),
    });

    assert.equal(response.status, 503);
    assert.match(lines.join(), /auth\.withoutKeys/);
  });

  const senders: readonly (readonly [string, object, number])[] = [
    ['our tenant', {}, 200],
    ['our tenant, named by the conversation alone', { channelData: undefined }, 200],
    ['nulls where nothing is known', { channelData: null, entities: null, replyToId: null, name: null }, 200],
    ['another tenant', { channelData: { tenant: { id: 'theirs' } } }, 403],
    [
      'another tenant, named by the conversation alone',
      { channelData: undefined, conversation: { id: 'a:1', tenantId: 'theirs' } },
      403,
    ],
    ['no tenant', { channelData: undefined, conversation: { id: 'a:1' } }, 403],
    ['another channel', { channelId: 'directline' }, 403],
    ['no channel', { channelId: undefined }, 403],
    ['a channel in other letters', { channelId: 'MSTEAMS' }, 403],
    ['another service', { serviceUrl: 'https://smba.trafficmanager.net.example/emea/' }, 403],
    ['another port of the service', { serviceUrl: 'https://smba.trafficmanager.net:8443/emea/' }, 403],
    ['a service that is no address', { serviceUrl: 'smba.trafficmanager.net' }, 403],
  ];

  for (const [name, fields, status] of senders) {
    it(`answers ${status} to ${name}`, async () => {
      let handled = 0;
      const response = await receive(JSON.stringify({ ...activity, ...fields }), {}, () => {
        handled += 1;
      });

      assert.equal(response.status, status);
      assert.equal(handled, status === 200 ? 1 : 0);
    });
  }

  it('answers everything, whatever it is, and never with a fault of its own', async () => {
    const anything = fc.jsonValue({ maxDepth: 3 });
    const fields = fc.record(
      Object.fromEntries(
        [...Object.keys(activity), 'value', 'entities', 'membersRemoved', 'replyToId', 'name', 'action'].map(
          (name) => [name, anything],
        ),
      ),
      { requiredKeys: [] },
    );

    await fc.assert(
      fc.asyncProperty(fields, fc.boolean(), async (odd, isWhole) => {
        const { status } = await receive(JSON.stringify(isWhole ? { ...activity, ...odd } : odd));

        assert.ok([200, 400, 403, 501].includes(status), `${status}`);
      }),
      { numRuns: 500 },
    );
  });
});

function identity(authenticate: () => void): EndpointDeps['identity'] {
  return { botId: '28:sedd', token: async () => undefined, authenticate: async () => authenticate() };
}

async function receive(body: string, changes: Partial<EndpointDeps> = {}, onHandled: () => void = () => {}) {
  const handle = async () => {
    onHandled();
    return none;
  };
  return await receiveActivity(
    {
      identity: identity(() => {}),
      tenants: new Set(['ours']),
      serviceHosts: new Set(['smba.trafficmanager.net']),
      connector: { call: () => Promise.reject(new Error('nothing is to be sent')) },
      log: silentLog,
      onTurn: () => {},
      handlers: {
        press: handle,
        message: handle,
        installed: handle,
        removed: handle,
        replied: async () => {},
        sorry: (code) => code,
      },
      ...changes,
    },
    body,
    undefined,
  );
}
