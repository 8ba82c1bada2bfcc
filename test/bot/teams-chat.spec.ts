import assert from 'node:assert/strict';
import { createConnector } from '../../bot/connector.ts';
import { createTeamsChat } from '../../bot/teams-chat.ts';
import type { Chat, ChatAddress } from '../../services/posts/chat.ts';
import { isObject } from '../support/connector-record.ts';
import { type LoopbackConnector, startLoopbackConnector } from '../support/loopback-connector.ts';

const CARD = 'application/vnd.microsoft.card.adaptive';
const message = { summary: '8B: 3 att kontakta', card: { type: 'AdaptiveCard', version: '1.5', body: [] } };
const changed = { summary: '8B: 2 att kontakta', card: { ...message.card, lang: 'sv' } };

describe('createTeamsChat', () => {
  let far: LoopbackConnector;
  let chat: Chat;

  beforeEach(async () => {
    far = await startLoopbackConnector();
    const connector = createConnector({
      allowedHosts: new Set([new URL(far.url).host]),
      timeoutMs: 500,
      token: async () => undefined,
    });
    chat = createTeamsChat({ connector, botId: '28:sedd' });
  });
  afterEach(() => far.close());

  const places: readonly (readonly [ChatAddress['kind'], string, string])[] = [
    ['channel', '19:8b@thread.tacv2', 'createThread'],
    ['groupChat', '19:x@thread.v2', 'send'],
    ['personal', 'a:1/2+3', 'send'],
  ];

  for (const [kind, id, op] of places) {
    describe(`in a ${kind}`, () => {
      it('posts the card with its notification, and answers its id', async () => {
        const activityId = await chat.post(to(kind, id), message);

        const [stored, ...others] = far.messages();
        assert.deepEqual(others, []);
        assert.equal(stored?.id, activityId);
        assert.equal(stored?.conversationId, id);
        assert.equal(stored?.activity.summary, message.summary);
        assert.deepEqual(stored?.activity.attachments, [{ contentType: CARD, content: message.card }]);
        assert.equal(far.requests()[0]?.op, op);
      });

      it('updates what it posted, there and nowhere else', async () => {
        const first = await chat.post(to(kind, id), message);
        const second = await chat.post(to(kind, id), message);

        await chat.update(to(kind, id), second, changed);

        const [kept, updated, ...others] = far.messages();
        assert.deepEqual(others, []);
        assert.deepEqual([kept?.id, kept?.updates], [first, 0]);
        assert.deepEqual([updated?.id, updated?.updates], [second, 1]);
        assert.equal(updated?.activity.summary, changed.summary);
        assert.equal(far.requests().at(-1)?.threadId, kind === 'channel' ? second : undefined);
      });

      it('deletes what it posted, and is content when that is gone', async () => {
        const activityId = await chat.post(to(kind, id), message);

        await chat.delete(to(kind, id), activityId);
        await chat.delete(to(kind, id), activityId);

        assert.ok(far.messages()[0]?.deletedAt !== undefined);
      });

      it('says that a message is gone when it is to be updated', async () => {
        await assert.rejects(chat.update(to(kind, id), '1', changed), { kind: 'messageGone' });
      });
    });
  }

  it('opens a thread with what Teams asks for', async () => {
    await chat.post(to('channel', '19:8b@thread.tacv2'), message);

    const body = far.requests()[0]?.body ?? {};
    assert.equal(body.isGroup, true);
    assert.equal(body.tenantId, 'tenant-a');
    assert.deepEqual(body.bot, { id: '28:sedd' });
    assert.deepEqual(body.channelData, { channel: { id: '19:8b@thread.tacv2' }, tenant: { id: 'tenant-a' } });
    assert.ok(isObject(body.activity) && body.activity.type === 'message');
  });

  it('takes the id of a new thread from the name of the thread where it is given in no other way', async () => {
    far.script(() => ({
      kind: 'status',
      status: 201,
      stored: true,
      body: { id: '19:8b@thread.tacv2;messageid=1763' },
    }));

    assert.equal(await chat.post(to('channel', '19:8b@thread.tacv2'), message), '1763');
  });

  for (const body of [{}, { id: '' }, { id: '19:8b@thread.tacv2' }, [], 'ok']) {
    it(`calls an acceptance without an id in doubt: ${JSON.stringify(body)}`, async () => {
      far.script(() => ({ kind: 'status', status: 201, stored: true, body }));

      await assert.rejects(chat.post(to('channel', '19:8b@thread.tacv2'), message), { kind: 'unknown' });
    });
  }

  it('keeps the path of the service', async () => {
    const { id, ...place } = to('personal', 'a:1');

    await assert.rejects(chat.post({ id, ...place, serviceUrl: `${far.url}emea/tenant` }, message));

    assert.equal(far.requests()[0]?.path, '/emea/tenant/v3/conversations/a%3A1/activities');
  });

  function to(kind: ChatAddress['kind'], id: string): ChatAddress {
    return { id, kind, tenantId: 'tenant-a', serviceUrl: far.url };
  }
});
