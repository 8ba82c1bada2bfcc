import assert from 'node:assert/strict';
import { neutralReference } from '../../services/people/neutral-reference.ts';
import { actionsOf, cardOf, textsOf } from '../support/card-text.ts';
import { forEachEngine } from '../support/databases.ts';
import { coordinator, mentors, messagesIn, textOf } from '../support/morning-cards.ts';
import { pupilId } from '../support/small-school.ts';
import { KARIN } from '../support/small-staff.ts';
import { tap } from '../support/taps.ts';
import type { TeamsPlace, TeamsUser } from '../support/teams-user.ts';
import { personal } from './personal.ts';
import {
  newestCard,
  open,
  openAndTap,
  proposed,
  type RoutineApp,
  startRoutineApp,
  TUESDAY,
} from './routine-journey.ts';

const annasChat = personal('Anna Berg');
const karinsChat = personal('Karin Koord');
/** The last of 7A, protected where asked for. */
const HIDDEN = 7;

forEachEngine('who may do what with the routine', (engine) => {
  let app: RoutineApp;
  afterEach(() => app.close());

  const start = async (options = {}) => {
    app = await startRoutineApp({ engine, ...options });
  };
  const replies = (place: TeamsPlace) =>
    messagesIn(app, place).flatMap(({ activity }) =>
      activity.attachments === undefined ? [String(activity.text)] : [],
    );
  const refusals = async () => {
    const rows = await app.storage.db
      .selectFrom('audit')
      .select(['actorName', 'details'])
      .where('action', '=', 'press.refused')
      .execute();
    return rows.map(({ actorName, details }) => `${actorName} ${(details as { code: string }).code}`);
  };
  async function accepted(percents: Readonly<Record<number, number>>, count: number): Promise<void> {
    await proposed(app, percents);
    const hand = newestCard(app, coordinator);
    const title = count === 1 ? undefined : `Godta alla ${count}`;
    if (title === undefined) await openAndTap(app, app.karin, coordinator, /./, 'Godta');
    else await tap(app.karin, coordinator, hand, title);
    await app.until('10:01', TUESDAY);
  }
  /** The button of a card, pressed by somebody in some place. */
  async function press(
    who: TeamsUser,
    place: TeamsPlace,
    hand: ReturnType<typeof newestCard>,
    title: string,
  ) {
    const button = actionsOf(hand.card).find((one) => one.title === title);
    assert.ok(button !== undefined);
    return await who.pressExecute(place, hand.messageId, button.verb, button.data);
  }

  it('lets coordinators judge cases, and nobody else, and keeps that it was tried', async () => {
    await start();
    await proposed(app, { 0: 22 });
    const hand = newestCard(app, coordinator);

    const answer = textOf(await press(app.anna, coordinator, hand, 'Godta alla 2'));
    const elsewhere = textOf(await press(app.karin, mentors(0), hand, 'Godta alla 2'));

    assert.match(answer, /Det här kan bara närvarokoordinatorn eller rektor göra/);
    assert.match(elsewhere, /hör hemma i en annan kanal/);
    assert.deepEqual(await refusals(), ['Anna Berg notCoordinator', 'Karin Koord elsewhere']);
    const states = await app.storage.db.selectFrom('routineCase').select('state').execute();
    assert.deepEqual(new Set(states.map(({ state }) => state)), new Set(['proposed']));
  });

  it('lets whoever has a step handle it, and whoever stands in for them; not another mentor', async () => {
    await start();
    await app.user('Bo Ek').write(personal('Bo Ek'), 'hjälp');
    await accepted({ 1: 15 }, 1);
    const hand = newestCard(app, annasChat);
    const data = actionsOf(hand.card)[0]?.data ?? {};
    const bo = app.user('Bo Ek');
    const byBo = () => bo.pressExecute(annasChat, hand.messageId, 'routine.stepDone', data);

    const before = textOf(await byBo());
    await app.anna.write(annasChat, 'vikarie Bo Ek 24/11-25/11');
    const after = textOf(await byBo());

    assert.match(before, /Det här kan bara den göra som har steget/);
    assert.match(after, /Sparat: Se över frånvaron för Elev1 Exempel är klart/);
    assert.deepEqual(await refusals(), ['Bo Ek notStepOwner']);
  });

  it('tells whoever stands in of the steps of whoever is away', async () => {
    await start();
    await app.user('Bo Ek').write(personal('Bo Ek'), 'hjälp');
    await accepted({ 1: 15 }, 1);
    await app.anna.write(annasChat, 'vikarie Bo Ek 25/11-26/11');

    await app.until('10:00', '2026-11-25');

    assert.match(app.newest(personal('Bo Ek')), /^Påminnelse: 1 steg[\s\S]*Elev1 Exempel/);
    assert.equal(app.all(annasChat).filter((text) => /^Påminnelse/.test(text)).length, 0);
  });

  it('of two who press at once saves one, and tells the other who was there', async () => {
    await start();
    await accepted({ 0: 22, 1: 15 }, 3);
    const hand = newestCard(app, annasChat);
    const button = actionsOf(hand.card).find(({ tooltip = '' }) => /Elev1/.test(tooltip));

    const answers = await Promise.all(
      [1, 2, 3].map(() => app.anna.pressExecute(annasChat, hand.messageId, 'routine.stepDone', button?.data)),
    );
    await app.settled();

    const texts = answers.map(textOf);
    assert.equal(texts.filter((text) => /Sparat: Se över/.test(text)).length, 1);
    assert.equal(
      texts.filter((text) => /är redan klart, sparat av Anna Berg tis 24\/11 10:01/.test(text)).length,
      2,
    );
    const followUps = await app.storage.db
      .selectFrom('routineStep')
      .select('id')
      .where('isFollowUp', '=', true)
      .execute();
    assert.equal(followUps.length, 1);
  });

  it('accepts a case once, however many accept it at once', async () => {
    await start();
    await proposed(app, { 0: 22, 1: 15 });
    const hand = newestCard(app, coordinator);
    const panel = await open(app, app.karin, coordinator, /Elev1/, hand);
    const accept = actionsOf((panel.body as { value: object }).value).find(({ title }) => title === 'Godta');

    const answers = await Promise.all([
      app.karin.pressExecute(coordinator, hand.messageId, 'routine.accept', accept?.data),
      app.karin.pressExecute(coordinator, hand.messageId, 'routine.accept', accept?.data),
      press(app.karin, coordinator, hand, 'Godta alla 3'),
    ]);
    await app.settled();

    assert.ok(answers.every(({ status }) => status === 200));
    const rows = await app.storage.db
      .selectFrom('audit')
      .select('objectId')
      .where('action', '=', 'routine.accepted')
      .execute();
    assert.equal(rows.length, 3);
    assert.equal(new Set(rows.map(({ objectId }) => objectId)).size, 3);
  });

  it('takes a protected pupil through without a name, by a reference that coordinators alone see', async () => {
    await start({ withProtected: true });
    await accepted({ [HIDDEN]: 22, 1: 15 }, 3);
    for (const day of ['2026-11-25', '2026-11-26', '2026-11-27', '2026-11-30'])
      for (const time of ['10:00', '10:01']) await app.until(time, day);

    const reference = neutralReference(pupilId(HIDDEN));
    const shown = messagesIn(app, coordinator)
      .map(({ activity }) => JSON.stringify(activity))
      .join('\n');
    assert.match(shown, new RegExp(`Elev med skyddade uppgifter, ref. ${reference}`));
    for (const place of [annasChat, karinsChat, mentors(0)])
      assert.doesNotMatch(app.all(place).join('\n'), new RegExp(reference));
    assert.doesNotMatch(JSON.stringify(app.connector.requests()), new RegExp(`Elev${HIDDEN}`));
    for (const { activity } of app.connector.messages())
      assert.doesNotMatch(String(activity.summary), /Elev\d|ref\./);
    assert.doesNotMatch(app.log.join(''), /Elev\d/);
    const done = textOf(
      await openAndTap(app, app.karin, coordinator, new RegExp(`utredning.*${reference}`), 'Klart i dag'),
    );
    assert.match(
      done,
      new RegExp(`Enkel utredning för Elev med skyddade uppgifter, ref. ${reference} är klart`),
    );
  });

  it('shows a pupil no more who is protected from now on, on cards that are out', async () => {
    await start();
    await accepted({ 1: 15 }, 1);
    assert.match(app.newest(annasChat), /Elev1/);
    app.school.isProtected = (pupil) => pupil === 1;

    await app.run('roster');
    const answer = await app.anna.pressExecute(
      annasChat,
      newestCard(app, annasChat).messageId,
      'routine.stepDone',
      {
        ...(await stepData()),
        on: await onOf(annasChat),
      },
    );

    assert.doesNotMatch(app.all(annasChat).join('\n'), /Elev1/);
    assert.match(textOf(answer), /Det här kan bara den göra som har steget/);
  });

  it('makes somebody the contact person on the step, which is done; and by a command too', async () => {
    await start();
    await accepted({ 0: 22, 2: 22 }, 4);
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

  it('goes to the coordinators once where somebody’s chat is blocked, and where nobody can be reached', async () => {
    await start();
    app.connector.script(({ conversationId }) =>
      conversationId === annasChat.id
        ? { kind: 'status', status: 403, code: 'MessageWritesBlocked' }
        : undefined,
    );
    await accepted({ 1: 15 }, 1);
    await app.until('10:02', TUESDAY);

    const told = app.all(coordinator).filter((text) => /^Norrskolan: 1 steg att göra/.test(text));
    assert.equal(told.length, 1);
    assert.match(told[0] ?? '', /Elev1 Exempel · 7A\nSe över frånvaron · ansvarig Anna Berg/);
  });

  it('takes back what was done, while it has not been followed up', async () => {
    await start();
    await accepted({ 1: 15 }, 1);
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

  it('can be asked for in words: one’s own steps in one’s own chat, the waiting cases for coordinators', async () => {
    await start();
    await accepted({ 1: 15 }, 1);

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

  async function stepData() {
    const { id, version } = await app.storage.db
      .selectFrom('routineStep')
      .select(['id', 'version'])
      .where('pupilId', '=', pupilId(1))
      .executeTakeFirstOrThrow();
    return { step: id, version };
  }
  async function onOf({ id }: TeamsPlace): Promise<string> {
    const post = await app.storage.db
      .selectFrom('post')
      .select('subject')
      .where('purpose', '=', 'steps')
      .where('conversationId', '=', id)
      .executeTakeFirstOrThrow();
    return `steps:${post.subject}:0`;
  }
  function cardWithSteps(place: TeamsPlace): object {
    const message = messagesIn(app, place).find(({ activity }) =>
      JSON.stringify(activity).includes('"steps:'),
    );
    return cardOf(message?.activity ?? {});
  }
});
