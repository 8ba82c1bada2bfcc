import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { startTestApp, type TestApp } from '../support/app.ts';
import { cardOf, textsOf } from '../support/card-text.ts';
import { coordinator, mentors, messagesIn, textOf, textsIn } from '../support/morning-cards.ts';
import { pupilId } from '../support/small-school.ts';
import { ANNA, BO, smallStaff } from '../support/small-staff.ts';
import { cardIn, tap, titlesOf } from '../support/taps.ts';
import type { TeamsPlace } from '../support/teams-user.ts';
import { personal } from './personal.ts';

const THREAD = mentors(0);
const NO_SUCH = /Jag hittar ingen sådan elev/;

/** Anna is the mentor of 7A and Bo of 8A; Karin is the coordinator, and Sven nobody. */
const staff = smallStaff.map((one) => {
  const groups = { [ANNA]: [0], [BO]: [1] }[one.id];
  return groups === undefined ? { ...one, groups: [] } : { ...one, groups };
});

describe('what is written to Sedd', () => {
  let app: TestApp;

  beforeEach(async () => {
    app = await startTestApp({ groups: 2, perGroup: 20, withProtected: true });
    app.school.staff = staff;
    // Pupil 19, of 7A, is protected; 27 is in 8A.
    app.school.marks = (pupil) => ([0, 1, 2, 19, 27].includes(pupil) ? 'missing' : 'here');
    for (const { name } of staff) app.user(name);
    await app.until('05:30');
    await app.until('08:45');
  });
  afterEach(() => app.close());

  /** What is read of the answer. */
  async function say(name: string, place: TeamsPlace, text: string): Promise<string> {
    await app.user(name).write(place, text);
    return textsIn(app, place).at(-1) ?? assert.fail('no answer');
  }
  const chat = (name: string) => personal(name);

  it('records and takes back, in the thread as in one’s own chat', async () => {
    const said = [await say('Anna Berg', THREAD, 'kontaktad Elev0')];
    app.clock.set('08:50');
    said.push(
      await say('Anna Berg', chat('Anna Berg'), 'Nådde inte elev1 exempel'),
      await say('Anna Berg', THREAD, 'kontaktad Elev0'),
      await say('Anna Berg', chat('Anna Berg'), 'ångra'),
      await say('Anna Berg', THREAD, 'ångra'),
      await say('Anna Berg', THREAD, 'ångra'),
    );
    await app.settled();

    const expected = [
      /^Sparat: du har haft kontakt med Elev0 Exempel/,
      /^Sparat: du nådde inte Elev1 Exempel. Försök igen 09:50/,
      /^Sparat: du har haft kontakt med Elev0 Exempel/,
      /^Ångrat: Elev1 Exempel/,
      /^Ångrat: Elev0 Exempel/,
      /^Det finns inget att ångra i dag/,
    ];
    for (const [index, pattern] of expected.entries()) assert.match(said[index] ?? '', pattern);
    const [card] = messagesIn(app, THREAD);
    assert.doesNotMatch(
      textsOf(cardOf(card?.activity ?? assert.fail())).join('\n'),
      /Kontaktad av|Ej nådd av/,
    );
  });

  it('does what is sent twice once: a second "ångra" of the same message takes nothing more back', async () => {
    await say('Anna Berg', THREAD, 'kontaktad Elev0');
    app.clock.set('08:50');
    await say('Anna Berg', THREAD, 'kontaktad Elev1');
    const before = textsIn(app, THREAD).length;
    const undo = { id: '1763', type: 'message', text: 'ångra', textFormat: 'plain', entities: [] };

    const both = [app.user('Anna Berg').send(THREAD, undo), app.user('Anna Berg').send(THREAD, undo)];

    assert.deepEqual(
      (await Promise.all(both)).map(({ status }) => status),
      [200, 200],
    );
    await app.user('Anna Berg').send(THREAD, undo);
    const told = textsIn(app, THREAD).slice(before);
    assert.equal(told.length, 1);
    assert.match(told[0] ?? '', /^Ångrat: Elev1 Exempel/);
    const valid = app.storage.db.selectFrom('contact').select('pupilId').where('undoneAt', 'is', null);
    assert.deepEqual(await valid.execute(), [{ pupilId: pupilId(0) }]);
  });

  it('tells what was left by a process that went down, and does not do it again', async () => {
    await say('Anna Berg', THREAD, 'kontaktad Elev0');
    const before = textsIn(app, THREAD).length;
    const at = Temporal.Now.instant().subtract({ seconds: 5 });
    await app.storage.db
      .insertInto('heardMessage')
      .values({ conversationId: THREAD.id, activityId: '1763', at, hearer: 'gone', answeredAt: null })
      .execute();

    await app
      .user('Anna Berg')
      .send(THREAD, { id: '1763', type: 'message', text: 'ångra', textFormat: 'plain', entities: [] });

    const told = textsIn(app, THREAD).slice(before);
    assert.equal(told.length, 1);
    assert.match(told[0] ?? '', /^Jag avbröts när du skrev det här/);
    const valid = app.storage.db.selectFrom('contact').select('pupilId').where('undoneAt', 'is', null);
    assert.deepEqual(await valid.execute(), [{ pupilId: pupilId(0) }]);
  });

  it('tells a mentor who comes late who was there before, and lets the coordinator take it back', async () => {
    await say('Karin Koord', coordinator, 'kontaktad Elev0');

    assert.match(
      await say('Anna Berg', THREAD, 'kontaktad Elev0'),
      /Elev0 Exempel är redan hanterad av Karin Koord 08:45/,
    );
    assert.match(await say('Anna Berg', THREAD, 'ångra Elev0'), /Karin Koord/);
    assert.match(await say('Karin Koord', coordinator, 'ångra Elev0'), /^Ångrat: Elev0/);
  });

  it('gives no name away: of another’s pupil, a protected one and nobody it says the same', async () => {
    const names = ['Ottilia Ohlsson', 'Ottilia', 'Hemlig Skyddsson', 'Kalle Anka'];
    const { db } = app.storage;
    const ottilia = { givenName: 'Ottilia', familyName: 'Ohlsson' };
    await db.updateTable('pupil').set(ottilia).where('id', '=', pupilId(27)).execute();
    const verbs = ['kontaktad', 'nådde inte', 'ångra', 'kontaktperson'];

    const answers = new Set<string>();
    for (const verb of verbs)
      for (const name of names) answers.add(await say('Anna Berg', chat('Anna Berg'), `${verb} ${name}`));
    for (const name of ['Elev0 Exempel', 'Kalle Anka'])
      answers.add(await say('Sven Svensson', THREAD, `kontaktad ${name}`));

    assert.deepEqual(
      [...answers].filter((answer) => !NO_SUCH.test(answer)),
      [],
    );
    assert.equal(answers.size, 1);
    assert.equal((await app.storage.db.selectFrom('contact').select('id').execute()).length, 0);
  });

  it('tells a coordinator, who is searched for in the whole school, that it has nobody by the name', async () => {
    const answers = new Set<string>();
    for (const verb of ['kontaktad', 'nådde inte', 'ångra', 'kontaktperson'])
      for (const name of ['Hemlig Skyddsson', 'Kalle Anka'])
        answers.add(await say('Karin Koord', coordinator, `${verb} ${name}`));

    assert.deepEqual(
      [...answers],
      ['Jag hittar ingen elev på skolan med det namnet. Kontrollera stavningen, eller skriv hela namnet.'],
    );
  });

  it('asks who is meant, and a press then records', async () => {
    const asked = await say('Anna Berg', chat('Anna Berg'), 'ringde mamma till Exempel');
    const card = cardIn(app, chat('Anna Berg'));

    const answer = await tap(app.user('Anna Berg'), chat('Anna Berg'), card, 'Elev1 Exempel');

    assert.match(asked, /Vem har du haft kontakt med\?/);
    assert.deepEqual(titlesOf(card.card), ['Elev0 Exempel', 'Elev1 Exempel', 'Elev2 Exempel']);
    assert.match(textOf(answer), /✓ Elev1 Exempel/);
    const [contact] = await app.storage.db.selectFrom('contact').select(['method', 'counterpart']).execute();
    assert.deepEqual(contact, { method: 'phone', counterpart: 'guardian' });
  });

  it('does not let a card to choose from be pressed by somebody else', async () => {
    await say('Anna Berg', THREAD, 'kontaktad Exempel');
    const card = cardIn(app, THREAD);

    const answer = await tap(app.user('Sven Svensson'), THREAD, card, 'Elev1 Exempel');

    assert.match(textOf(answer), /känner inte igen dig/);
    assert.equal((await app.storage.db.selectFrom('contact').select('id').execute()).length, 0);
  });

  it('lists one’s own pupils, to nobody else', async () => {
    assert.match(
      await say('Anna Berg', chat('Anna Berg'), 'mina elever'),
      /3 att kontakta[\s\S]*Elev0[\s\S]*Elev2/,
    );
    assert.match(await say('Anna Berg', THREAD, 'mina elever'), /3 att kontakta/);
    assert.doesNotMatch(await say('Bo Ek', THREAD, 'mina elever'), /Elev27/);
    assert.match(
      await say('Bo Ek', { id: '19:lunch', kind: 'groupChat' }, 'mina elever'),
      /i vår egen chatt/,
    );
    assert.match(await say('Sven Svensson', THREAD, 'mina elever'), /känner inte igen dig/);
  });

  it('shows the coordinator who is open, where only coordinators read it', async () => {
    assert.match(
      await say('Karin Koord', coordinator, 'öppna'),
      /5 elever är inte kontaktade[\s\S]*1 ärende hanteras enligt särskild rutin/,
    );
    assert.match(await say('Karin Koord', chat('Karin Koord'), 'öppna'), /Elev27 Exempel/);
    assert.match(await say('Karin Koord', THREAD, 'öppna'), /i vår egen chatt/);
    const annas = await say('Anna Berg', THREAD, 'öppna');
    assert.match(annas, /Elev0/);
    assert.doesNotMatch(annas, /Elev27/);
  });

  it('reminds everybody for the coordinator, and nobody twice', async () => {
    assert.match(
      await say('Anna Berg', THREAD, 'påminn alla'),
      /kan bara närvarokoordinatorn eller rektor göra/,
    );
    assert.match(await say('Karin Koord', coordinator, 'påminn alla'), /^2 påminnelser är på väg/);
    assert.match(await say('Karin Koord', coordinator, 'påminn alla'), /^Det finns ingen att påminna/);
    await app.settled();

    assert.equal(messagesIn(app, chat('Anna Berg')).length, 1);
    assert.equal(messagesIn(app, chat('Bo Ek')).length, 1);
  });

  it('helps each as what they are, also where it understands nothing', async () => {
    for (const text of ['hjälp', 'vad blir det för lunch']) {
      const [mentor, koord, stranger] = [
        await say('Anna Berg', THREAD, text),
        await say('Karin Koord', coordinator, text),
        await say('Sven Svensson', THREAD, text),
      ];
      assert.match(mentor, /mina elever/);
      assert.doesNotMatch(mentor, /påminn alla/);
      assert.match(koord, /påminn alla/);
      assert.match(stranger, /känner inte igen dig/);
      assert.doesNotMatch(stranger, /mina elever/);
    }
  });
});
