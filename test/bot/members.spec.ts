import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import type { InboundConversation } from '../../bot/inbound.ts';
import { createMembers } from '../../bot/members.ts';
import { ChatFailure } from '../../services/posts/chat.ts';

const conversation: InboundConversation = {
  id: '19:8b@thread.tacv2',
  threadId: '19:8b@thread.tacv2;messageid=1',
  kind: 'channel',
  tenantId: 'ours',
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  teamId: undefined,
  name: undefined,
};
const anna = { from: { teamsId: '29:anna/+', entraId: 'entra-anna', name: 'Anna' }, conversation };
const bo = { ...anna, from: { ...anna.from, teamsId: '29:bo' } };

describe('createMembers', () => {
  let now: Temporal.Instant;
  let asked: string[];
  let answer: () => Promise<unknown>;
  const members = () =>
    createMembers({
      clock: { now: () => now },
      delay: never,
      connector: {
        call: async (method, serviceUrl, path) => {
          asked.push(`${method} ${serviceUrl}${path}`);
          return await answer();
        },
      },
    });

  beforeEach(() => {
    now = Temporal.Instant.from('2026-11-23T07:45:00Z');
    asked = [];
    answer = async () => member();
  });

  it('asks Teams who somebody is in a conversation', async () => {
    const found = await members().of(anna);

    assert.deepEqual(found, {
      entraId: 'entra-anna',
      teamsId: '29:anna',
      tenantId: 'ours',
      name: 'Anna',
      email: 'anna@skola.example',
      principalName: 'anna.berg@skola.example',
      isGuest: false,
    });
    assert.deepEqual(asked, [
      'GET https://smba.trafficmanager.net/emea/v3/conversations/19%3A8b%40thread.tacv2/members/29%3Aanna%2F%2B',
    ]);
  });

  it('asks once for a person and half a day, however often they press', async () => {
    const known = members();

    await Promise.all([known.of(anna), known.of(anna)]);
    now = now.add({ hours: 11 });
    await known.of(anna);
    await known.of(bo);
    assert.equal(asked.length, 2);
    now = now.add({ hours: 2 });
    await known.of(anna);

    assert.equal(asked.length, 3);
  });

  it('asks again after an hour where Teams did not say', async () => {
    const known = members();
    answer = () => Promise.reject(new ChatFailure('refused', 'Forbidden', 'no'));

    const first = await known.of(anna);
    now = now.add({ minutes: 59 });
    const second = await known.of(anna);
    now = now.add({ minutes: 2 });
    answer = async () => member({ userRole: 'guest' });
    const third = await known.of(anna);

    assert.deepEqual([first, second, third?.isGuest], [undefined, undefined, true]);
    assert.equal(asked.length, 2);
  });

  for (const odd of [undefined, 'text', [], { tenantId: 7 }, { id: '28:other-bot', name: 'A bot' }]) {
    it(`knows nothing from an answer that is none: ${JSON.stringify(odd)}`, async () => {
      answer = async () => odd;

      assert.equal(await members().of(anna), undefined);
    });
  }

  it('keeps nobody waiting, and knows it the next time', async () => {
    let arrive = (_: object) => {};
    answer = () => new Promise((resolve) => (arrive = resolve));
    const waits = [Promise.resolve(), never()];
    const known = createMembers({
      clock: { now: () => now },
      delay: () => waits.shift() ?? never(),
      connector: { call: () => answer() },
    });

    const first = await known.of(anna);
    arrive(member({ userRole: 'guest' }));
    const second = await known.of(anna);

    assert.deepEqual([first, second?.isGuest], [undefined, true]);
  });

  it('forgets those it has asked about longest ago when they become too many', async () => {
    const known = members();
    const people = Array.from({ length: 5_001 }, (_, n) => ({
      ...anna,
      from: { ...anna.from, teamsId: `29:${n}` },
    }));
    for (const person of people) await known.of(person);
    asked = [];

    for (const person of [people[5_000], people[0]]) await known.of(person ?? anna);

    assert.equal(asked.length, 1);
  });
});

/** As Teams tells of her; she may have been told of as somebody else. */
function member(more: object = {}): object {
  return {
    id: '29:anna',
    aadObjectId: 'entra-anna',
    name: 'Anna',
    tenantId: 'ours',
    userRole: 'user',
    email: 'anna@skola.example',
    userPrincipalName: 'anna.berg@skola.example',
    ...more,
  };
}

function never(): Promise<void> {
  return new Promise(() => {});
}
