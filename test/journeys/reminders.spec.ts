import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import { cardOf, textsOf } from '../support/card-text.ts';
import type { ConnectorCall } from '../support/connector-record.ts';
import { forEachEngine } from '../support/databases.ts';
import { coordinator, mentors, messagesIn } from '../support/morning-cards.ts';
import { pupilId } from '../support/small-school.ts';
import { cardIn, contact } from '../support/taps.ts';
import type { TeamsPlace } from '../support/teams-user.ts';
import { assertNoTrace } from '../support/traces.ts';
import { personal } from './personal.ts';

const annasChat = personal('Anna Berg');

forEachEngine('a reminder', (engine) => {
  let app: TestApp;

  beforeEach(async () => {
    app = await startTestApp({ engine, groups: 2, perGroup: 20, withProtected: true });
    // Pupil 19, of the first group, is protected; 27 is of the second.
    app.school.marks = (pupil) => ([0, 1, 19, 27].includes(pupil) ? 'missing' : 'here');
  });
  afterEach(() => app.close());

  const messages = (place: TeamsPlace) =>
    messagesIn(app, place).map(({ activity }) =>
      activity.attachments === undefined ? '' : textsOf(cardOf(activity)).join('\n'),
    );
  /** Anna is seen in the channels before the morning: Sedd has a chat with her ready. */
  const morning = async () => {
    app.user('Anna Berg');
    await app.until('08:45');
  };
  /** At ten the facts are read anew, which the reminders wait for. */
  const due = async () => {
    await app.until('10:00');
    await app.until('10:01');
  };
  const blocked = ({ op, conversationId }: ConnectorCall) =>
    op === 'send' && conversationId === annasChat.id
      ? ({ kind: 'status', status: 403, code: 'ConversationBlockedByUser' } as const)
      : undefined;

  it('comes to one’s own chat, once, for all groups, with no word of a protected pupil', async () => {
    await morning();

    await app.until('10:00');
    await app.until('10:01');

    const [reminder = '', ...more] = messages(annasChat);
    assert.deepEqual(more, []);
    assert.match(reminder, /Påminnelse: 3 elever att kontakta/);
    assert.match(reminder, /Elev0 Exempel[\s\S]*Elev1 Exempel[\s\S]*Elev27 Exempel/);
    assert.deepEqual([messages(mentors(0)).length, messages(mentors(1)).length], [1, 1]);
    await assertNoTrace(app, 19, { shown: 0 });
  });

  it('can be acted on where it came, and shows then what was done', async () => {
    await morning();
    await due();

    await contact(app, app.user('Anna Berg'), annasChat, pupilId(27));
    await app.settled();

    const [reminder = ''] = messages(annasChat);
    assert.match(reminder, /Påminnelse: 2 elever att kontakta/);
    assert.match(reminder, /✓ Elev27 Exempel/);
    assert.match(messages(mentors(1))[0] ?? '', /Kontaktad av Anna Berg/);
  });

  it('stands under each group’s card, mentioning whom it is for, where their chat turns out to be blocked', async () => {
    await morning();
    app.connector.script(blocked);

    await app.until('10:00');
    await app.until('10:05');

    for (const [group, names, others] of [
      [0, /Elev0 Exempel[\s\S]*Elev1 Exempel/, /Elev27/],
      [1, /Elev27 Exempel/, /Elev0|Elev1/],
    ] as const) {
      const [, reminder, ...more] = messagesIn(app, mentors(group));
      assert.deepEqual(more, []);
      const text = JSON.stringify(reminder?.activity);
      assert.match(text, names);
      assert.doesNotMatch(text, others);
      assert.match(text, /<at>Anna Berg<\/at>/);
      assert.match(text, /"mentioned":\{"id":"29:Anna Berg"/);
    }
    assert.deepEqual(messages(annasChat), []);
  });

  it('goes under the card at once the next time, once a chat is known to be blocked', async () => {
    await morning();
    app.connector.script(blocked);
    await due();
    const asked = () =>
      app.connector.requests().filter(({ conversationId }) => conversationId === annasChat.id);
    const before = asked().length;
    await app.user('Anna Berg').write(mentors(0), 'nådde inte Elev0 Exempel');

    await app.until('11:01');
    await app.until('11:02');

    assert.equal(asked().length, before);
    assert.equal(messages(mentors(0)).filter((text) => /Dags att försöka igen: 1 elev/.test(text)).length, 1);
  });

  it('does not come where the pupil has been handled, and of one try comes once', async () => {
    await morning();
    const anna = app.user('Anna Berg');
    await anna.write(mentors(0), 'kontaktad Elev0 Exempel');
    await anna.write(mentors(0), 'nådde inte Elev1 Exempel');
    await anna.write(mentors(1), 'kontaktad Elev27 Exempel');

    for (const time of ['09:45', '09:46', '10:00', '10:01']) await app.until(time);

    const [reminder = '', ...more] = messages(annasChat);
    assert.deepEqual(more, []);
    assert.match(reminder, /Dags att försöka igen: 1 elev/);
    assert.doesNotMatch(reminder, /Elev0|Elev27/);
  });

  it('is caught up with after hours of downtime: one to whoever answers for it, one to the coordinators', async () => {
    await morning();

    for (const time of ['15:10', '15:11', '15:12']) await app.until(time);

    assert.equal(messages(annasChat).length, 1);
    const told = messages(coordinator).filter((text) =>
      /sista kontrollen: 4 elever är inte kontaktade/.test(text),
    );
    assert.equal(told.length, 1);
    assert.match(told[0] ?? '', /ansvarig Anna Berg/);
    assert.match(told[0] ?? '', /1 ärende hanteras enligt särskild rutin/);
    assert.ok(cardIn(app, annasChat).messageId);
  });
});
