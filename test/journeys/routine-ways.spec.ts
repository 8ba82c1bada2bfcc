import assert from 'node:assert/strict';
import { actionsOf, cardOf, textsOf } from '../support/card-text.ts';
import { forEachEngine } from '../support/databases.ts';
import { coordinator, mentors, messagesIn, textOf } from '../support/morning-cards.ts';
import { KARIN } from '../support/small-staff.ts';
import { newestCard } from '../support/taps.ts';
import type { TeamsPlace, TeamsUser } from '../support/teams-user.ts';
import { personal } from './personal.ts';
import {
  accepted,
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

forEachEngine('the ways of the routine', (engine) => {
  let app: RoutineApp;
  afterEach(() => app.close());

  const start = async (options = {}) => {
    app = await startRoutineApp({ engine, ...options });
  };
  const replies = (place: TeamsPlace) =>
    messagesIn(app, place).flatMap(({ activity }) =>
      activity.attachments === undefined ? [String(activity.text)] : [],
    );

  it('makes somebody the contact person on the step, which is done; and by a command too', async () => {
    await start();
    await accepted(app, { 0: 22, 2: 22 }, 4);
    const first = /Kontaktperson.*Elev0/;

    const none = textOf(await openAndTap(app, app.karin, karinsChat, first, 'Utse'));
    const chosen = textOf(
      await openAndTap(app, app.karin, karinsChat, first, 'Utse', { contactPerson: KARIN }),
    );
    await app.karin.write(karinsChat, 'kontaktperson Elev2 Exempel: Anna Berg');
    await app.settled();

    assert.match(none, /Välj en person/);
    assert.match(chosen, /Karin Koord är nu kontaktperson för Elev0 Exempel/);
    const steps = await app.storage.db
      .selectFrom('routineStep')
      .select(['state', 'doneDay'])
      .where('key', '=', 'contact')
      .execute();
    assert.deepEqual(
      steps.map(({ state, doneDay }) => [state, String(doneDay)]),
      [
        ['done', TUESDAY],
        ['done', TUESDAY],
      ],
    );
    assert.ok(textsOf(cardWithSteps(karinsChat)).some((text) => text.startsWith('✓ Elev2')));
  });

  it('is not done by an old button while nobody has been appointed: it says how to', async () => {
    await start();
    await accepted(app, { 0: 22 }, 2);
    const hand = newestCard(app, karinsChat);
    const { data } =
      actionsOf(hand.card).find(({ tooltip = '' }) => /Kontaktperson.*Elev0/.test(tooltip)) ?? {};

    const answer = textOf(
      await app.karin.pressExecute(karinsChat, hand.messageId, 'routine.stepDone', data ?? {}),
    );

    assert.match(answer, /Utse en kontaktperson först.*skriv ”kontaktperson Elev0 Exempel: namn”/);
    assert.match(answer, /Vem blir kontaktperson/);
  });

  it('was not done before its case arose, and says so', async () => {
    await start();
    await accepted(app, { 1: 15 }, 1);
    await app.until('10:02', TUESDAY);
    const on = { doneDay: '2026-11-20' };

    const answer = textOf(await openAndTap(app, app.anna, annasChat, /Elev1/, 'Klart den dagen', on));

    assert.match(answer, /Dagen får inte ligga före den dag då gränsen passerades/);
  });

  it('goes to the coordinators once where somebody’s chat is blocked, and where nobody can be reached', async () => {
    await start();
    app.connector.script(({ conversationId }) =>
      conversationId === annasChat.id
        ? { kind: 'status', status: 403, code: 'MessageWritesBlocked' }
        : undefined,
    );
    await accepted(app, { 1: 15 }, 1);
    await app.until('10:02', TUESDAY);

    const told = app.all(coordinator).filter((text) => /^Norrskolan: 1 steg att göra/.test(text));
    assert.equal(told.length, 1);
    assert.match(told[0] ?? '', /Elev1 Exempel · 7A\nSe över frånvaron · ansvarig Anna Berg/);
  });

  it('takes back what was done, while it has not been followed up', async () => {
    await start();
    await accepted(app, { 1: 15 }, 1);
    await openAndTap(app, app.anna, annasChat, /Elev1/, 'Klart i dag');
    await app.until('10:02', TUESDAY);
    const hand = messagesIn(app, annasChat).find(({ activity }) =>
      JSON.stringify(activity).includes('klart tis'),
    );
    assert.ok(hand !== undefined);
    const first = { messageId: hand.id, card: cardOf(hand.activity) };

    const panel = await open(app, app.anna, annasChat, /Elev1/, first);
    const undo = actionsOf((panel.body as { value: object }).value).find(({ title }) => title === 'Ångra');
    const answer = await app.anna.pressExecute(annasChat, first.messageId, 'routine.stepUndo', undo?.data);
    await app.until('10:03', TUESDAY);

    assert.match(textOf(answer), /Ångrat: Se över frånvaron för Elev1 Exempel väntar igen/);
    assert.match(app.newest(annasChat), /^Klart: alla steg här är hanterade/);
    assert.equal(app.all(annasChat).filter((text) => /^Du har 1 steg/.test(text)).length, 1);
  });

  it('shows among one’s own steps what was done today, where it is taken back; the day after it is gone', async () => {
    await start();
    await accepted(app, { 1: 15 }, 1);
    await app.anna.write(annasChat, 'mina steg');

    const skipped = textOf(
      await openAndTap(app, app.anna, annasChat, /Elev1/, 'Behövs inte', { reason: 'alreadyDone' }),
    );
    const asked = await asksAgain();
    const undone = textOf(await openAndTap(app, app.anna, annasChat, /Elev1/, 'Ångra'));
    await asksAgain();
    await openAndTap(app, app.anna, annasChat, /Elev1/, 'Klart i dag');
    app.clock.set('09:00', WEDNESDAY);
    const later = await asksAgain();

    assert.match(skipped, /^Du har inget steg att göra[\s\S]*✓ Elev1/);
    assert.match(asked, /^Du har inget steg att göra[\s\S]*✓ Elev1/);
    assert.match(
      undone,
      /^Du har 1 steg att göra[\s\S]*Ångrat: Se över frånvaron för Elev1 Exempel väntar igen/,
    );
    assert.doesNotMatch(undone, /✓/);
    assert.match(later, /^Du har 1 steg att göra[\s\S]*Uppföljning/);
    assert.doesNotMatch(later, /✓/);
  });

  const asksAgain = async () => {
    await app.anna.write(annasChat, 'mina steg');
    return app.newest(annasChat);
  };

  it('can be asked for in words: one’s own steps in one’s own chat, the waiting cases for coordinators', async () => {
    await start();
    await accepted(app, { 1: 15 }, 1);

    await app.anna.write(annasChat, 'mina steg');
    const own = app.newest(annasChat);
    const done = textOf(await openAndTap(app, app.anna, annasChat, /Elev1/, 'Klart i dag'));
    await app.absent(2, 15);
    await app.judge(TUESDAY);
    await app.karin.write(karinsChat, 'ärenden');
    const cases = app.newest(karinsChat);
    const declined = textOf(
      await openAndTap(app, app.karin, karinsChat, /Elev2/, 'Avböj', { reason: 'knownCause' }),
    );

    assert.match(own, /^Du har 1 steg att göra/);
    assert.match(done, /är klart\.\n[\s\S]*Uppföljning: Se över frånvaron/);
    assert.match(cases, /^Norrskolan: 1 ärende i närvarorutinen väntar/);
    assert.match(declined, /inget ärende i närvarorutinen väntar\nAvböjt: Elev2/);
    await app.anna.write(mentors(0), 'mina steg');
    assert.match(replies(mentors(0)).at(-1) ?? '', /vår egen chatt/);
    await app.karin.write(mentors(0), 'ärenden');
    assert.match(replies(mentors(0)).at(-1) ?? '', /i samordnarens kanal/);
  });

  it('is read in English where the school is, with the names that the routine has for it', async () => {
    await start({ municipality: { language: 'en' } });
    await proposed(app, { 1: 15 });
    const cases = app.newest(coordinator);
    const panel = textOf(await open(app, app.karin, coordinator, /./));
    await openAndTap(app, app.karin, coordinator, /./, 'Accept');
    await app.until('10:01', TUESDAY);
    await app.anna.write(annasChat, 'my steps');
    const own = app.newest(annasChat);
    const done = textOf(await openAndTap(app, app.anna, annasChat, /Elev1/, 'Done today'));

    assert.match(cases, /^Norrskolan: 1 case of the attendance routine is waiting[\s\S]*Mentorn ser över/);
    assert.match(panel, /Look into the absence: Anna Berg, by Wednesday 25 November/);
    assert.match(own, /^You have 1 step to do[\s\S]*Look into the absence/);
    assert.match(done, /Saved: Look into the absence for Elev1 Exempel is done/);
  });

  it('works from an older client: the step is done at once, the letter goes on, a contact person is asked for in words', async () => {
    await start();
    await proposed(app, { 0: 22 });
    const older = async (who: TeamsUser, place: TeamsPlace, what: RegExp) => {
      const hand = newestCard(app, place);
      const button = actionsOf(hand.card).find(({ tooltip = '' }) => what.test(tooltip));
      const { verb, ...data } = button?.fallback?.data ?? assert.fail(`no ${what}`);
      await who.pressSubmit(place, hand.messageId, String(verb), data);
      await app.settled();
    };
    for (let times = 0; times < 2; times += 1) await older(app.karin, coordinator, /Elev0/);
    await app.until('10:01', TUESDAY);

    for (const _stage of ['chosen', 'approved', 'sent']) await older(app.karin, karinsChat, /Brev.*Elev0/);
    await older(app.karin, karinsChat, /Kontaktperson.*Elev0/);
    await older(app.anna, annasChat, /utredning.*Elev0/);

    const steps = await app.storage.db
      .selectFrom('routineStep')
      .select(['key', 'state'])
      .orderBy('key')
      .execute();
    assert.deepEqual(
      steps.filter(({ key }) => key !== 'look').map(({ key, state }) => `${key} ${state}`),
      ['contact open', 'investigate done', 'letter done'],
    );
    assert.match(replies(karinsChat).at(-1) ?? '', /Skriv ”kontaktperson Elev0 Exempel: namn” till mig/);
  });

  function cardWithSteps(place: TeamsPlace): object {
    const message = messagesIn(app, place).find(({ activity }) =>
      JSON.stringify(activity).includes('"steps:'),
    );
    return cardOf(message?.activity ?? {});
  }
});
