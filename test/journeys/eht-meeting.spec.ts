import assert from 'node:assert/strict';
import { cardOf } from '../support/card-text.ts';
import { forEachEngine } from '../support/databases.ts';
import { messagesIn, textOf } from '../support/morning-cards.ts';
import { cardIn, tap, titlesOf } from '../support/taps.ts';
import { type EhtHands, startEht, textIn } from './eht-hands.ts';
import { type EhtApp, ehtChat, NEXT_TUESDAY, NEXT_WEDNESDAY, TUESDAY, WEDNESDAY } from './eht-school.ts';
import { personal } from './personal.ts';

forEachEngine('a meeting of EHT’s', (engine) => {
  let app: EhtApp;
  let eht: EhtHands;

  before(async () => {
    // Pupil 4 is protected.
    const absence = { 0: 30, 1: 25, 2: 15, 4: 40, 5: 22.5 };
    ({ app, eht } = await startEht({ engine, groups: 2, withProtected: true }, absence));
  });
  after(() => app.close());

  it('has nothing posted before the list’s time', async () => {
    await app.until('13:59', TUESDAY);

    assert.deepEqual(eht.cards(), []);
  });

  it('has its list the school day before: who, how grave, how much, who is the contact person', async () => {
    await app.until('14:00', TUESDAY);
    await app.until('14:01', TUESDAY);

    assert.equal(eht.cards().length, 1);
    assert.match(eht.newest(), /Elevhälsoträff onsdag 25 november: 4 elever på listan/);
    assert.match(
      eht.newest(),
      /Elev0 Exempel[\s\S]*7A · Utredning · 30\u00a0% frånvaro · ingen kontaktperson/,
    );
    assert.match(eht.newest(), /22,5\u00a0% frånvaro/);
    assert.match(eht.newest(), /2 steg kvar · 1 steg försenat/);
    assert.match(eht.newest(), /1 ärende hanteras enligt särskild rutin/);
    assert.match(
      eht.newest(),
      /Rutinföljsamhet den här terminen: 0 av \d+ steg i tid \(0\u00a0%\) · \d+ inte i tid/,
    );
    assert.doesNotMatch(eht.newest(), /Elev2 |Elev4 /);
  });

  it('takes up a pupil: a step, a point of the checklist and a decision, each with a press', async () => {
    app.clock.set('13:05', WEDNESDAY);
    let panel = await eht.open('Elev0 Exempel');
    assert.match(textIn(panel), /1 av 3 · elevhälsoträff onsdag 25 november/);
    assert.match(textIn(panel), /Utredning, sedan mån 23\/11/);

    panel = await eht.press(panel, 'Klart', 'eht.stepDone');
    panel = await eht.press(panel, 'Klart', 'eht.tick');
    const form = await eht.press(panel, 'Nytt beslut', 'eht.askDecision');
    const done = await tap(eht.siv(), ehtChat, form, 'Besluta', {
      choice: 'meet',
      owner: 'rut.rektor@skola.example',
    });

    assert.match(textOf(done), /Beslutat\. Ska vara klart tors 26\/11/);
    assert.match(textOf(done), /✓ Eleven har fått berätta[\s\S]*Siv Kurator ons 25\/11/);
    assert.match(textOf(done), /✓ Brev hem/);
    assert.match(textOf(done), /Möte med vårdnadshavare[\s\S]*rut\.rektor@skola\.example, till tors 26\/11/);
  });

  it('lets whoever works with a pupil go on: the list follows when they go back to it', async () => {
    await app.settled();
    assert.doesNotMatch(eht.newest(), /har tagits upp/);

    await eht.press(await eht.open('Elev0 Exempel'), 'Till listan', 'card.show');
    await app.settled();

    assert.match(eht.newest(), /✓ Elev0 Exempel \(har tagits upp\)/);
    assert.match(eht.newest(), /1 steg klart · 2 steg kvar · 1 beslut kvar/);
  });

  it('goes from pupil to pupil without going back to the list', async () => {
    let panel = await eht.open('Elev0 Exempel');
    assert.deepEqual(titlesOf(panel.card).slice(-2), ['Nästa', 'Till listan']);

    panel = await eht.press(panel, 'Nästa', 'eht.open');

    assert.match(textIn(panel), /^Elev1 Exempel · 7A/);
    assert.deepEqual(titlesOf(panel.card).slice(-3), ['Föregående', 'Nästa', 'Till listan']);
    panel = await eht.press(panel, 'Har tagits upp', 'eht.takeUp');
    panel = await eht.press(panel, 'Till listan', 'card.show');
    assert.match(textIn(panel), /✓ Elev1 Exempel/);
  });

  it('is closed with a press, and has a summary with decisions, owners, days, and whom the next one begins with', async () => {
    app.clock.set('13:40', WEDNESDAY);

    const answer = await tap(eht.siv(), ehtChat, cardIn(app, ehtChat), 'Avsluta mötet');
    await app.settled();

    assert.match(textOf(answer), /Mötet avslutades av Siv Kurator 13:40/);
    assert.equal(eht.cards().length, 2);
    assert.match(eht.newest(), /Sammanfattning av elevhälsoträffen onsdag 25 november/);
    assert.match(
      eht.newest(),
      /Togs upp \(2\)\nElev0 Exempel · 7A\nsteg klart: Brev hem\nMöte med vårdnadshavare/,
    );
    assert.match(eht.newest(), /Elev1 Exempel · 7A\ninget beslut/);
    assert.match(eht.newest(), /Togs inte upp, står överst nästa gång \(1\)\nElev5 Exempel · 8A/);
    await app.until('14:00', WEDNESDAY);
    assert.equal(eht.cards().length, 2);
  });

  it('loses nothing that is decided after it was closed', async () => {
    app.clock.set('15:00', WEDNESDAY);
    const list = messagesIn(app, ehtChat)[0];
    assert.ok(list !== undefined);
    const panel = await eht.open('Elev1 Exempel', { messageId: list.id, card: cardOf(list.activity) });
    const form = await eht.press(panel, 'Nytt beslut', 'eht.askDecision');

    await tap(eht.siv(), ehtChat, form, 'Besluta', { choice: 'plan', owner: 'karin.koord@skola.example' });
    await app.settled();

    assert.match(eht.newest(), /Elev1 Exempel · 7A\nHandlingsplan\nKarin Koord, till mån 30\/11/);
  });

  it('tells of what was decided whether or not the pupil is marked as taken up', async () => {
    const list = messagesIn(app, ehtChat)[0];
    assert.ok(list !== undefined);
    const panel = await eht.open('Elev1 Exempel', { messageId: list.id, card: cardOf(list.activity) });

    await eht.press(panel, 'Ångra: har tagits upp', 'eht.putBack');
    await app.settled();

    assert.match(eht.newest(), /Togs upp \(2\)\n[\s\S]*Elev1 Exempel · 7A\nHandlingsplan/);
    assert.match(eht.newest(), /står överst nästa gång \(1\)\nElev5 Exempel/);
  });

  it('has the owner reminded in EHT’s conversation on the day, and once after, outside quiet hours', async () => {
    await app.until('07:29', '2026-11-26');
    assert.equal(eht.cards().length, 2);
    await app.until('07:30', '2026-11-26');
    await app.until('07:31', '2026-11-26');
    await app.until('10:00', '2026-11-26');
    assert.equal(eht.cards().length, 3);
    assert.match(eht.newest(), /1 beslut från EHT ska vara klart/);
    assert.match(eht.newest(), /Du ansvarar[\s\S]*Möte med vårdnadshavare\nElev0 Exempel · 7A · /);
    await app.until('09:00', '2026-11-27');
    await app.until('10:00', '2026-11-27');
    assert.equal(eht.cards().length, 4);
    assert.match(eht.newest(), /skulle ha varit klart tors 26\/11/);
  });

  it('mentions the owner whom Teams knows, and says on the reminder when it is done', async () => {
    await app.user('Karin Koord').write(personal('Karin Koord'), 'hjälp');

    await app.until('08:00', '2026-11-30');

    const [unknown, known] = messagesIn(app, ehtChat).slice(-2);
    assert.match(
      eht.newest(),
      /^1 beslut[\s\S]*<at>Karin Koord<\/at>: [\s\S]*Handlingsplan\nElev1 Exempel · 7A · Karin Koord/,
    );
    assert.match(JSON.stringify(known?.activity), /"mentioned":\{"id":"29:Karin Koord"/);
    assert.doesNotMatch(JSON.stringify(unknown?.activity), /"mentioned"|<at>/);
    await tap(eht.siv(), ehtChat, cardIn(app, ehtChat), 'Klart');
    await app.settled();

    assert.match(eht.newest(), /Klart: besluten från EHT är hanterade[\s\S]*✓ Handlingsplan/);
    await app.until('08:00', NEXT_TUESDAY);
    assert.equal(eht.cards().length, 5);
  });

  it('has at the next meeting what is unresolved first, and the list before shrunk to a line', async () => {
    await app.until('14:00', NEXT_TUESDAY);

    assert.equal(eht.cards().length, 6);
    assert.match(eht.newest(), /Elevhälsoträff onsdag 2 december/);
    assert.match(eht.newest(), /Rutinföljsamhet sedan förra mötet: /);
    // The first has a decision that is not done, the second was not taken up.
    assert.match(
      eht.newest(),
      /Kvar att följa upp \(3\)\nElev0 Exempel[\s\S]*Elev1 Exempel[\s\S]*Elev5 Exempel/,
    );
    assert.match(eht.newest(), /1 beslut kvar · 1 beslut försenat/);
    assert.equal(eht.cards()[0], 'Elevhälsoträff onsdag 25 november: en nyare lista finns längre ner');
  });

  it('is closed by itself at its end where nobody does it, and says whom it never came to', async () => {
    await app.until('14:05', NEXT_WEDNESDAY);

    assert.match(eht.newest(), /Sammanfattning av elevhälsoträffen onsdag 2 december/);
    assert.match(
      eht.newest(),
      /Avslutat 14:05[\s\S]*Ingen elev togs upp\.[\s\S]*står överst nästa gång \(3\)/,
    );
  });

  it('leaves an audit of everything, that says nothing of what it says', async () => {
    const rows = await app.storage.db
      .selectFrom('audit')
      .select(['action', 'details', 'objectId'])
      .where('action', 'like', 'eht.%')
      .execute();

    const actions = new Set(rows.map(({ action }) => action));
    for (const action of [
      'eht.listed',
      'eht.opened',
      'eht.takenUp',
      'eht.pointTicked',
      'eht.decided',
      'eht.closed',
      'eht.reminded',
      'eht.decisionDone',
    ])
      assert.ok(actions.has(action), action);
    assert.doesNotMatch(JSON.stringify(rows), /meet"|plan"|heard|mapped|Elev\d/);
  });
});
