import assert from 'node:assert/strict';
import { readStatus } from '../../bot/status-report.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { textsOf } from '../support/card-text.ts';
import type { ConnectorCall } from '../support/connector-record.ts';
import { forEachEngine } from '../support/databases.ts';
import type { ConnectorBehaviour } from '../support/loopback-connector.ts';
import { coordinator, mentors, messagesIn, press, shownIn, textOf } from '../support/morning-cards.ts';

const notInstalled: ConnectorBehaviour = { kind: 'status', status: 403, code: 'BotNotInConversationRoster' };
/** Calls that show a card. */
const CARD_CALLS: ReadonlySet<string> = new Set(['createThread', 'send', 'update']);

forEachEngine('what the coordinator is told of delivery', (engine) => {
  let app: TestApp;

  beforeEach(async () => {
    app = await startTestApp({ engine, groups: 3, perGroup: 10 });
    app.school.marks = (pupil) => ([0, 10].includes(pupil) ? 'missing' : 'here');
  });
  afterEach(() => app.close());

  /** How many of the cards are there, as the coordinator has been told, each time it changed. */
  const counts = () =>
    app.connector
      .requests()
      .filter(({ op, conversationId }) => conversationId === coordinator.id && CARD_CALLS.has(op))
      .map(({ body }) => /Kort i kanalerna\n(\d av \d)/.exec(textsOf(body).join('\n'))?.[1])
      .filter((count, index, all) => count !== all[index - 1]);
  it('is that every card is there, when it is', async () => {
    await app.until('08:45');

    assert.match(shownIn(app, coordinator).texts, /Kort i kanalerna\n3 av 3/);
  });

  it('is which channel has no card and what to do, and that it has one when the app has been added', async () => {
    app.connector.script((call) => (isTo(call, 1) ? notInstalled : undefined));
    await app.until('08:45');

    const { texts } = shownIn(app, coordinator);
    assert.match(texts, /Kort i kanalerna\n2 av 3/);
    assert.match(texts, /1 kort kom inte fram\n8A: Sedd är inte tillagd i kanalens team/);
    const [broken, ...others] = (await readStatus(app.storage.db)).broken;
    assert.deepEqual(others, []);
    assert.deepEqual([broken?.boundTo, broken?.code], ['norr 8A', 'BotNotInConversationRoster']);

    app.connector.script(undefined);
    await app.user('Anna Berg').install(mentors(1));
    await app.settled();

    assert.match(shownIn(app, coordinator).texts, /Kort i kanalerna\n3 av 3/);
    assert.doesNotMatch(shownIn(app, coordinator).texts, /kom inte fram/);
    assert.match(shownIn(app, mentors(1), 'newest').texts, /Elev10 Exempel/);
  });

  it('counts a card that Teams took at the third try', async () => {
    let refused = 2;
    app.connector.script((call) =>
      isTo(call, 2) && call.op === 'createThread' && refused-- > 0
        ? { kind: 'status', status: 429, headers: { 'retry-after': '0' } }
        : undefined,
    );

    await app.until('08:45');

    const posted = app.connector
      .requests()
      .filter((call) => isTo(call, 2) && call.op === 'createThread')
      .map(({ outcome }) => outcome);
    assert.deepEqual(posted, [429, 429, 201]);
    assert.equal(counts().at(-1), '3 av 3');
  });

  it('follows cards that come late, one by one', async () => {
    const missing = new Set([1, 2]);
    app.connector.script((call) =>
      [...missing].some((group) => isTo(call, group)) ? notInstalled : undefined,
    );
    await app.until('08:45');

    for (const group of [1, 2]) {
      missing.delete(group);
      await app.user('Anna Berg').install(mentors(group));
      await app.settled();
    }

    assert.deepEqual(counts(), ['1 av 3', '2 av 3', '3 av 3']);
  });

  it('is that a channel has lost its card when a person has taken it away, until the next card is there', async () => {
    await app.until('08:45');
    const taken = shownIn(app, mentors(0)).message.id;
    let refused = 1;
    app.connector.script((call) => {
      if (call.op === 'update' && call.activityId === taken)
        return { kind: 'status', status: 404, code: 'ActivityNotFoundInConversation' };
      return isTo(call, 0) && call.op === 'createThread' && refused-- > 0
        ? { kind: 'status', status: 429, headers: { 'retry-after': '2' } }
        : undefined;
    });

    await press(app, app.user('Anna Berg'), mentors(0));
    await app.settled();

    assert.deepEqual(counts(), ['3 av 3', '2 av 3', '3 av 3']);
    assert.match(shownIn(app, mentors(0), 'newest').texts, /Kontaktad av Anna Berg/);
  });

  it('counts a quiet group as reached, where quiet groups get no card', async () => {
    await app.close();
    app = await startTestApp({ engine, groups: 3, perGroup: 10, municipality: { quietGroups: 'nothing' } });
    app.school.marks = (pupil) => (pupil === 0 ? 'missing' : 'here');

    await app.until('08:45');

    assert.deepEqual(messagesIn(app, mentors(1)), []);
    assert.match(shownIn(app, coordinator).texts, /Kort i kanalerna\n3 av 3/);
  });

  it('is how far contact has come, at each press', async () => {
    await app.until('08:45');
    assert.match(shownIn(app, coordinator).texts, /2 att kontakta/);

    await press(app, app.user('Anna Berg'), mentors(0));
    await app.settled();

    const { texts } = shownIn(app, coordinator);
    assert.match(texts, /1 att kontakta/);
    assert.match(texts, /Kontaktade\n1/);
  });

  describe('a channel that was broken', () => {
    beforeEach(async () => {
      await app.until('08:45');
      await app.user('Anna Berg').remove(mentors(0));
      await app.settled();
    });

    it('shows as such', async () => {
      assert.equal((await readStatus(app.storage.db)).broken[0]?.boundTo, 'norr 7A');
    });

    it('is whole again when somebody is heard from it, and its card is brought up to date', async () => {
      const answer = await press(app, app.user('Anna Berg'), mentors(0));
      await app.settled();

      assert.match(textOf(answer), /Kontaktad av Anna Berg/);
      assert.match(shownIn(app, mentors(0)).texts, /Kontaktad av Anna Berg/);
      assert.deepEqual((await readStatus(app.storage.db)).broken, []);
    });
  });

  describe('when the app is added', () => {
    it('it introduces itself once, and tells a channel that nobody has bound its address', async () => {
      const unbound = { id: '19:new@thread.tacv2', kind: 'channel', teamId: '19:team' } as const;

      await app.user('Anna Berg').install(unbound);

      const [message, ...others] = messagesIn(app, unbound);
      assert.deepEqual(others, []);
      assert.match(String(message?.activity.text), /`19:new@thread\.tacv2`/);
    });

    it('it says nothing after an upgrade, which takes it away and adds it again', async () => {
      const anna = app.user('Anna Berg');

      await anna.send(mentors(0), { type: 'installationUpdate', action: 'remove-upgrade' });
      await anna.send(mentors(0), { type: 'installationUpdate', action: 'add-upgrade' });

      assert.deepEqual(messagesIn(app, mentors(0)), []);
      assert.deepEqual((await readStatus(app.storage.db)).broken, []);
    });
  });
});

function isTo(call: ConnectorCall, group: number): boolean {
  return call.op !== 'unknown' && call.conversationId === mentors(group).id;
}
