import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import { actionsOf, cardOf, textsOf } from '../support/card-text.ts';
import { forEachEngine } from '../support/databases.ts';
import { textOf } from '../support/morning-cards.ts';
import { COORDINATOR_CHANNEL, channelId, pupilId, reportedAllDay } from '../support/small-school.ts';
import { ask, contact, tap } from '../support/taps.ts';
import { assertNoTrace } from '../support/traces.ts';

forEachEngine('a school morning', (engine) => {
  let app: TestApp;
  const messagesIn = (id: string) =>
    app.connector
      .messages()
      .filter((message) => message.conversationId === id && message.deletedAt === undefined);
  const cardIn = (id: string) => {
    const [message, ...others] = messagesIn(id);
    assert.ok(message !== undefined, `no message in ${id}`);
    assert.deepEqual(others, []);
    return { message, card: cardOf(message.activity) };
  };
  const place = (number: number) => ({ id: channelId(number), kind: 'channel' as const, teamId: '19:team' });

  beforeEach(async () => {
    app = await startTestApp({ engine, groups: 3, perGroup: 6, withProtected: true });
    // Pupil 5 is protected.
    app.school.marks = (pupil) => ([0, 1, 5].includes(pupil) ? 'missing' : pupil === 6 ? 'late' : 'here');
    app.school.notices = [reportedAllDay(1)];
  });
  afterEach(async () => {
    await app.close();
  });

  it('shows the mentors who is missing and who is reported, and never a protected pupil', async () => {
    await app.until('08:45');

    const { message, card } = cardIn(channelId(0));
    const texts = textsOf(card).join('\n');
    assert.match(texts, /Måndag 23 november/);
    assert.match(texts, /Saknas \(1\)/);
    assert.match(texts, /Anmälda \(1\)/);
    assert.match(texts, /Elev0 Exempel/);
    assert.match(texts, /Elev1 Exempel/);
    await assertNoTrace(app, 5, { shown: 0 });
    assert.equal(message.activity.summary, '7A: 1 att kontakta');
  });

  it('tells the coordinator how it stands and whether the cards arrived, protected pupils by number only', async () => {
    await app.until('08:45');

    const texts = textsOf(cardIn(COORDINATOR_CHANNEL).card).join('\n');
    assert.match(texts, /3 av 3/);
    assert.match(texts, /1 ärende hanteras enligt särskild rutin/);
  });

  it('takes a press and how it went, answers with the new card, and shows it to everyone', async () => {
    await app.until('08:45');

    app.clock.set('09:12');
    const answer = await contact(app, app.user('Anna Berg'), place(0), pupilId(0));
    await app.settled();

    assert.match(textOf(answer), /Kontaktad av Anna Berg 09:12 \(telefon, vårdnadshavare\)/);
    assert.match(textsOf(cardIn(channelId(0)).card).join('\n'), /Kontaktad av Anna Berg 09:12/);
  });

  it('keeps the first of two presses, and says so to the second', async () => {
    await app.until('08:45');
    const [anna, bo] = [app.user('Anna Berg'), app.user('Bo Ek')];
    const inBosHand = await ask(app, bo, place(0), pupilId(0));

    app.clock.set('09:12');
    await contact(app, anna, place(0), pupilId(0));
    const late = await tap(bo, place(0), inBosHand, 'SMS');
    await app.settled();

    assert.match(textOf(late), /Elev0 Exempel är redan hanterad av Anna Berg 09:12/);
    const texts = textsOf(cardIn(channelId(0)).card).join('\n');
    assert.match(texts, /Kontaktad av Anna Berg/);
    assert.doesNotMatch(texts, /Bo Ek|redan hanterad/);
  });

  it('brings the same cards up to date at the refresh', async () => {
    await app.until('08:45');
    app.school.notices = [reportedAllDay(0), reportedAllDay(1)];

    await app.until('10:00');

    const texts = textsOf(cardIn(channelId(0)).card).join('\n');
    assert.match(texts, /Anmälda \(2\)/);
    assert.doesNotMatch(texts, /Saknas/);
    assert.match(texts, /Läget 10:00/);
    assert.equal(actionsOf(cardIn(channelId(0)).card).length, 0);
  });

  it('holds the cards and asks when too little is reported, and sends them when told to', async () => {
    app.school.marks = undefined;
    await app.until('08:45');
    assert.equal(messagesIn(channelId(0)).length, 0);
    const { message, card } = cardIn(COORDINATOR_CHANNEL);
    assert.match(textsOf(card).join('\n'), /Bara 0 av 3 lektioner har rapporterats/);
    const [release] = actionsOf(card);
    assert.ok(release !== undefined);

    await app
      .user('Karin Koord')
      .pressExecute({ id: COORDINATOR_CHANNEL, kind: 'channel' }, message.id, release.verb, release.data);
    await app.settled();

    assert.match(textsOf(cardIn(channelId(0)).card).join('\n'), /ingen lektion är rapporterad ännu/);
    assert.match(textsOf(cardIn(COORDINATOR_CHANNEL).card).join('\n'), /Skickat ändå av Karin Koord/);
  });

  it('refuses a card that is pressed in another conversation', async () => {
    await app.until('08:45');
    const { message, card } = cardIn(channelId(0));
    const [action] = actionsOf(card);
    assert.ok(action !== undefined);

    const answer = await app.user('Anna Berg').pressExecute(place(1), message.id, action.verb, action.data);
    await app.settled();

    assert.match(textOf(answer), /annan kanal/);
    assert.doesNotMatch(textsOf(cardIn(channelId(0)).card).join('\n'), /Anna/);
  });
});
