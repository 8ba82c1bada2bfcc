import assert from 'node:assert/strict';
import { forEachEngine } from '../support/databases.ts';
import { coordinator, textOf } from '../support/morning-cards.ts';
import { newestCard, tap } from '../support/taps.ts';
import { personal } from './personal.ts';
import {
  open,
  openAndTap,
  proposed,
  type RoutineApp,
  startRoutineApp,
  TUESDAY,
  WEDNESDAY,
} from './routine-journey.ts';

const annasChat = personal('Anna Berg');
const karinsChat = personal('Karin Koord');

const THURSDAY = '2026-11-26';

forEachEngine('the routine', (engine) => {
  let app: RoutineApp;

  beforeEach(async () => {
    app = await startRoutineApp({ engine });
  });
  afterEach(() => app.close());

  const acceptAll = async (count: number) => {
    const answer = await tap(app.karin, coordinator, newestCard(app, coordinator), `Godta alla ${count}`);
    await app.settled();
    return textOf(answer);
  };
  const audited = async () => {
    const rows = await app.storage.db
      .selectFrom('audit')
      .select('action')
      .where('action', 'like', 'routine.%')
      .orderBy('id')
      .execute();
    return rows.map(({ action }) => action);
  };

  it('goes from the limit to the coordinator, to the mentor, and to the follow-up', async () => {
    await proposed(app, { 0: 22, 1: 15 });

    const card = app.newest(coordinator);
    assert.match(card, /^Norrskolan: 3 ärenden i närvarorutinen väntar/);
    assert.match(
      card,
      /Brev och utredning\nElev0 Exempel · 7A\n22\u00a0% frånvaro på fyra veckor, gränsen är 20\u00a0%/,
    );
    assert.match(await acceptAll(3), /3 ärenden är godtagna/);
    assert.match(app.newest(coordinator), /inget ärende i närvarorutinen väntar/);
    await app.until('10:01', TUESDAY);
    const annas = app.newest(annasChat);
    assert.match(annas, /^Du har 3 steg att göra i närvarorutinen/);
    assert.match(
      annas,
      /Elev0 Exempel · 7A\nEnkel utredning\nBrev och utredning · senast torsdag 26 november · krävs enligt skollagen/,
    );
    assert.match(app.newest(karinsChat), /^Du har 2 steg att göra/);

    const answer = textOf(await openAndTap(app, app.anna, annasChat, /Elev1/, 'Klart i dag'));
    await app.until('10:02', TUESDAY);

    assert.match(answer, /Sparat som klart: Se över frånvaron \(Elev1 Exempel\)/);
    assert.match(
      answer,
      /✓ Elev1 Exempel · 7A\nSe över frånvaron\nMentorn ser över · klart tis 24\/11, sparat av Anna Berg tis 24\/11 10:01/,
    );
    assert.match(
      app.newest(annasChat),
      /^Du har 1 steg[\s\S]*Uppföljning: Se över frånvaron\nMentorn ser över · senast tisdag 8 december/,
    );
    assert.deepEqual(
      (await audited()).filter((action) => action === 'routine.stepDone' || action === 'routine.accepted'),
      [...Array(3).fill('routine.accepted'), 'routine.stepDone'],
    );
  });

  it('opens a case with what accepting it would ask of whom, and takes no for an answer with a reason', async () => {
    await proposed(app, { 0: 22 });
    const hand = newestCard(app, coordinator);

    const panel = await open(app, app.karin, coordinator, /Elev0/, hand);
    const texts = textOf(panel);
    assert.match(texts, /Brev och utredning\*\*\nÖver gränsen måndag 23 november: 22/);
    assert.match(texts, /Enkel utredning: Anna Berg, senast torsdag 26 november · krävs enligt skollagen/);
    const unsaid = textOf(await openAndTap(app, app.karin, coordinator, /Elev0/, 'Avböj'));
    const declined = textOf(
      await openAndTap(app, app.karin, coordinator, /Elev0/, 'Avböj', { reason: 'otherPlan' }),
    );

    assert.match(unsaid, /Välj varför ärendet avböjs/);
    assert.match(declined, /Avböjt: Elev0 Exempel/);
    assert.match(app.newest(coordinator), /1 ärende i närvarorutinen väntar/);
    const late = textOf(await open(app, app.karin, coordinator, /Elev0/, hand));
    assert.match(late, /Ärendet om Elev0 Exempel avböjdes av Karin Koord tis 24\/11 10:00/);
  });

  it('asks to be withdrawn when the data are corrected, and to be closed when the absence has ceased', async () => {
    await proposed(app, { 0: 15, 1: 11 });
    await acceptAll(2);
    await app.absent(0, 0);
    await app.absent(1, 0, THURSDAY);
    await app.absent(1, 11);
    for (const day of [TUESDAY, WEDNESDAY, THURSDAY]) await app.judge(day);
    await app.until('10:00', '2026-11-27');

    const card = app.newest(coordinator);
    assert.match(
      card,
      /Elev0 Exempel · 7A\nÖver gränsen måndag 23 november: 15\u00a0%.*\nUppgifterna har rättats/,
    );
    assert.match(
      card,
      /Elev1 Exempel · 7A\n.*: 11\u00a0%.*\nInte över gränsen sedan onsdag 25 november\. Ska/,
    );
    assert.equal(app.all(coordinator).filter((text) => /ett nyare kort/.test(text)).length, 1);
    const panel = textOf(await open(app, app.karin, coordinator, /Elev1/));
    assert.match(panel, /Nu: 9,3\u00a0% frånvaro på fyra veckor/);
    const closed = textOf(await openAndTap(app, app.karin, coordinator, /Elev1/, 'Avsluta'));
    const withdrawn = textOf(await openAndTap(app, app.karin, coordinator, /Elev0/, 'Dra tillbaka'));
    assert.match(closed, /Avslutat: Elev1 Exempel/);
    assert.match(withdrawn, /Tillbakadraget: Elev0 Exempel/);
  });

  it('tells whoever a step is handed over to, and whose it was is told no more', async () => {
    await app.user('Bo Ek').write(personal('Bo Ek'), 'hjälp');
    await proposed(app, { 1: 15, 2: 15 });
    await acceptAll(2);
    await app.until('10:01', TUESDAY);
    const [karin] = await app.storage.db
      .selectFrom('staff')
      .select('id')
      .where('familyName', '=', 'Koord')
      .execute();

    const answer = await openAndTap(app, app.anna, annasChat, /Elev1/, 'Lämna över', { to: karin?.id ?? '' });
    await app.until('10:02', TUESDAY);

    assert.match(
      textOf(answer),
      /Lämnat till Karin Koord, som får veta det: Se över frånvaron \(Elev1 Exempel\)/,
    );
    assert.match(app.newest(annasChat), /Elev1 Exempel[\s\S]*överlämnat till Karin Koord/);
    assert.match(app.newest(karinsChat), /^Du har 1 steg att göra[\s\S]*Elev1 Exempel/);
    for (const time of ['10:00', '10:01']) await app.until(time, WEDNESDAY);
    const reminders = app.all(annasChat).filter((text) => /^Påminnelse: 1 steg/.test(text));
    assert.equal(reminders.length, 1);
    assert.doesNotMatch(reminders[0] ?? '', /Elev1/);
  });

  it('reminds on the day, the day after, and tells the coordinators after two, each once', async () => {
    await proposed(app, { 1: 15 });
    await openAndTap(app, app.karin, coordinator, /Elev1/, 'Godta');
    for (const day of [TUESDAY, WEDNESDAY, THURSDAY, '2026-11-27', '2026-11-30'])
      for (const time of ['09:59', '10:00', '10:01']) await app.until(time, day);

    const count = (texts: readonly string[], what: RegExp) => texts.filter((text) => what.test(text)).length;
    const annas = app.all(annasChat);
    assert.deepEqual(
      [/^Du har 1 steg/, /^Påminnelse: 1 steg/, /^Försenat: 1 steg/].map((what) => count(annas, what)),
      [1, 1, 1],
    );
    assert.equal(count(app.all(coordinator), /Norrskolan: 1 steg i närvarorutinen är försenat/), 1);
    await openAndTap(app, app.anna, annasChat, /Elev1/, 'Klart den dagen', { doneDay: '2026-11-27' });
    assert.match(app.newest(coordinator), /^Klart: alla steg här är hanterade/);
  });

  it('can be given more time until a later day, and reminds again then', async () => {
    await proposed(app, { 1: 15 });
    await openAndTap(app, app.karin, coordinator, /Elev1/, 'Godta');
    await app.until('10:01', TUESDAY);

    const early = await openAndTap(app, app.anna, annasChat, /Elev1/, 'Ge mer tid', { until: TUESDAY });
    const more = await openAndTap(app, app.anna, annasChat, /Elev1/, 'Ge mer tid', { until: '2026-11-28' });
    for (const day of [WEDNESDAY, THURSDAY, '2026-11-27', '2026-11-30'])
      for (const time of ['10:00', '10:01']) await app.until(time, day);

    assert.match(textOf(early), /Välj en dag efter onsdag 25 november/);
    assert.match(textOf(more), /mer tid till och med lördag 28 november: /);
    assert.equal(app.all(annasChat).filter((text) => /^Påminnelse/.test(text)).length, 1);
    assert.match(app.newest(annasChat), /^Påminnelse/);
  });

  it('takes a letter from chosen to approved to sent, each by somebody, and back', async () => {
    await proposed(app, { 0: 22 });
    await acceptAll(2);
    await app.until('10:01', TUESDAY);
    const handle = /Brev .*Elev0/;
    const step = (title: string) => openAndTap(app, app.karin, karinsChat, handle, title);

    await step('Brevet är valt');
    const approved = textOf(await step('Brevet är godkänt'));
    await step('Ångra: godkänt');
    await step('Brevet är godkänt');
    const sent = textOf(await step('Brevet är skickat'));

    assert.match(approved, /godkänt av Karin Koord tis 24\/11 10:01/);
    assert.match(sent, /Sparat som klart: Brev till vårdnadshavare \(Elev0 Exempel\)/);
    const stages = await app.storage.db.selectFrom('letterStage').select('stage').orderBy('stage').execute();
    assert.deepEqual(
      stages.map(({ stage }) => stage),
      ['approved', 'chosen', 'sent'],
    );
    assert.deepEqual(
      (await audited()).filter((action) => action.startsWith('routine.letter')),
      [
        'routine.letter.chosen',
        'routine.letter.approved',
        'routine.letterTakenBack',
        'routine.letter.approved',
      ],
    );
    assert.match(
      textOf(await step('Ångra')),
      /Ångrat, väntar igen: Brev till vårdnadshavare \(Elev0 Exempel\)/,
    );
    const left = await app.storage.db.selectFrom('letterStage').select('stage').execute();
    assert.deepEqual(left.map((row) => row.stage).toSorted(), ['approved', 'chosen']);
  });
});
