import assert from 'node:assert/strict';
import { activitySchema, type Inbound, readActivity } from '../../bot/inbound.ts';

const channel = {
  id: '19:8b@thread.tacv2;messageid=1763',
  conversationType: 'channel',
  tenantId: 'tenant-a',
};
const envelope = {
  channelId: 'msteams',
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  from: { id: '29:karin', name: 'Karin', aadObjectId: 'entra-karin' },
  recipient: { id: '28:sedd', name: 'Sedd' },
  conversation: channel,
  channelData: {
    tenant: { id: 'tenant-a' },
    team: { id: '19:team@thread.tacv2' },
    channel: { id: '19:8b@thread.tacv2' },
  },
};
const pressed = { action: { type: 'Action.Execute', verb: 'followUp.contacted', data: { pupil: 'p1' } } };

describe('readActivity', () => {
  it('reads a press that is answered in its response', () => {
    const inbound = read({ type: 'invoke', name: 'adaptiveCard/action', value: pressed, replyToId: '1763' });

    assert.deepEqual(inbound, {
      kind: 'press',
      verb: 'followUp.contacted',
      data: { pupil: 'p1' },
      via: 'execute',
      messageId: '1763',
      from: { teamsId: '29:karin', entraId: 'entra-karin', name: 'Karin' },
      conversation: {
        id: '19:8b@thread.tacv2',
        threadId: '19:8b@thread.tacv2;messageid=1763',
        kind: 'channel',
        tenantId: 'tenant-a',
        serviceUrl: 'https://smba.trafficmanager.net/emea/',
        teamId: '19:team@thread.tacv2',
        name: undefined,
      },
    });
  });

  it('reads the same press from an older client', () => {
    const inbound = read({
      type: 'message',
      value: { verb: 'followUp.contacted', pupil: 'p1' },
      replyToId: '1763',
    });

    assert.ok(inbound.kind === 'press');
    assert.deepEqual(
      [inbound.verb, inbound.data, inbound.via, inbound.messageId],
      ['followUp.contacted', { pupil: 'p1' }, 'submit', '1763'],
    );
  });

  const texts: readonly (readonly [string, object, string])[] = [
    ['a mention before it', mention('<at>Sedd</at> status', ['<at>Sedd</at>', '28:sedd']), 'status'],
    ['a mention after it', mention('status <at>Sedd</at>', ['<at>Sedd</at>', '28:sedd']), 'status'],
    [
      'a mention in the middle',
      mention('mina <at>Sedd</at> elever', ['<at>Sedd</at>', '28:sedd']),
      'mina elever',
    ],
    [
      'hard spaces and lines',
      mention('<at>Sedd</at>\u00a0mina\n\n elever ', ['<at>Sedd</at>', '28:sedd']),
      'mina elever',
    ],
    [
      'a mention of somebody else',
      mention(
        '<at>Sedd</at> kontaktperson <at>Anna Ek</at>',
        ['<at>Sedd</at>', '28:sedd'],
        ['<at>Anna Ek</at>', '29:anna'],
      ),
      'kontaktperson Anna Ek',
    ],
    ['a dollar in the mention', mention('<at>$& bot</at> status', ['<at>$& bot</at>', '28:sedd']), 'status'],
    ['no mention', { text: 'hjälp' }, 'hjälp'],
    ['no text', {}, ''],
    ['null for text', { text: null, entities: null }, ''],
  ];

  for (const [name, fields, expected] of texts) {
    it(`reads what is written with ${name}`, () => {
      const inbound = read({ type: 'message', ...fields });

      assert.ok(inbound.kind === 'message');
      assert.equal(inbound.text, expected);
    });
  }

  const kinds: readonly (readonly [string, Record<string, unknown>, Inbound['kind']])[] = [
    ['an installation', { type: 'installationUpdate', action: 'add' }, 'installed'],
    ['an upgrade', { type: 'installationUpdate', action: 'add-upgrade' }, 'installed'],
    ['a removal', { type: 'installationUpdate', action: 'remove' }, 'removed'],
    ['a removal for an upgrade', { type: 'installationUpdate', action: 'remove-upgrade' }, 'removed'],
    ['the bot leaving', { type: 'conversationUpdate', membersRemoved: [{ id: '28:sedd' }] }, 'removed'],
    ['a person leaving', { type: 'conversationUpdate', membersRemoved: [{ id: '29:anna' }] }, 'ignored'],
    ['a person coming', { type: 'conversationUpdate', membersAdded: [{ id: '29:anna' }] }, 'ignored'],
    [
      'a renamed channel',
      { type: 'conversationUpdate', channelData: { ...envelope.channelData, eventType: 'channelRenamed' } },
      'ignored',
    ],
    ['a reaction', { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }, 'ignored'],
    ['typing', { type: 'typing' }, 'ignored'],
    ['another invoke', { type: 'invoke', name: 'composeExtension/query', value: {} }, 'unknownInvoke'],
    ['a dialog', { type: 'invoke', name: 'task/fetch', value: { data: { verb: 'pupil.open' } } }, 'press'],
    ['a dialog of another app', { type: 'invoke', name: 'task/fetch', value: { data: {} } }, 'unknownInvoke'],
    [
      'a dialog for nobody',
      { type: 'invoke', name: 'task/fetch', value: { data: { verb: 'pupil.open' } }, from: undefined },
      'unknownInvoke',
    ],
    ['an invoke without a name', { type: 'invoke' }, 'unknownInvoke'],
    [
      'a press without a verb',
      { type: 'invoke', name: 'adaptiveCard/action', value: { action: {} } },
      'unknownInvoke',
    ],
    [
      'a press by nobody',
      { type: 'invoke', name: 'adaptiveCard/action', value: pressed, from: undefined },
      'unknownInvoke',
    ],
    [
      'something without a conversation',
      { type: 'message', text: 'hej', conversation: undefined },
      'ignored',
    ],
    ['something without a service', { type: 'message', text: 'hej', serviceUrl: undefined }, 'ignored'],
  ];

  for (const [name, fields, kind] of kinds) {
    it(`takes ${name} as ${kind}`, () => {
      assert.equal(read(fields).kind, kind);
    });
  }

  const places: readonly (readonly [string, object, string])[] = [
    ['a channel', { conversation: channel }, 'channel'],
    ['a chat with one person', { conversation: { id: 'a:1', conversationType: 'personal' } }, 'personal'],
    [
      'a chat with several',
      { conversation: { id: '19:x@thread.v2', conversationType: 'groupChat' } },
      'groupChat',
    ],
  ];

  for (const [name, fields, kind] of places) {
    it(`knows ${name}`, () => {
      const inbound = read({ type: 'message', text: 'hej', ...fields });

      assert.ok(inbound.kind === 'message');
      assert.equal(inbound.conversation.kind, kind);
    });
  }

  it('takes the tenant of the conversation where the channel data have none', () => {
    const inbound = read({ type: 'message', text: 'hej', channelData: undefined });

    assert.ok(inbound.kind === 'message');
    assert.equal(inbound.conversation.tenantId, 'tenant-a');
  });
});

function read(fields: Record<string, unknown>): Inbound {
  return readActivity(activitySchema.parse({ ...envelope, ...fields }));
}

function mention(text: string, ...who: readonly (readonly [string, string])[]): object {
  return { text, entities: who.map(([shown, id]) => ({ type: 'mention', text: shown, mentioned: { id } })) };
}
