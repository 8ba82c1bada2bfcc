import assert from 'node:assert/strict';
import { neutralReference } from '../../services/people/neutral-reference.ts';
import { actionsOf } from '../support/card-text.ts';
import { forEachEngine } from '../support/databases.ts';
import { coordinator, mentors, messagesIn, textOf } from '../support/morning-cards.ts';
import { pupilId } from '../support/small-school.ts';
import { newestCard } from '../support/taps.ts';
import type { TeamsPlace, TeamsUser } from '../support/teams-user.ts';
import { personal } from './personal.ts';
import { accepted, open, openAndTap, proposed, type RoutineApp, startRoutineApp } from './routine-journey.ts';

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
  const refusals = async () => {
    const rows = await app.storage.db
      .selectFrom('audit')
      .select(['actorName', 'details'])
      .where('action', '=', 'press.refused')
      .execute();
    return rows.map(({ actorName, details }) => `${actorName} ${(details as { code: string }).code}`);
  };
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
    await accepted(app, { 1: 15 }, 1);
    const hand = newestCard(app, annasChat);
    const data = actionsOf(hand.card)[0]?.data ?? {};
    const bo = app.user('Bo Ek');
    const byBo = () => bo.pressExecute(annasChat, hand.messageId, 'routine.stepDone', data);

    const before = textOf(await byBo());
    await app.anna.write(annasChat, 'vikarie Bo Ek 24/11-25/11');
    const after = textOf(await byBo());

    assert.match(before, /Det här kan bara göras av den som har steget/);
    assert.match(after, /Sparat som klart: Se över frånvaron \(Elev1 Exempel\)/);
    assert.deepEqual(await refusals(), ['Bo Ek notStepOwner']);
  });

  it('tells whoever stands in of the steps of whoever is away', async () => {
    await start();
    await app.user('Bo Ek').write(personal('Bo Ek'), 'hjälp');
    await accepted(app, { 1: 15 }, 1);
    await app.anna.write(annasChat, 'vikarie Bo Ek 25/11-26/11');

    await app.until('10:00', '2026-11-25');

    assert.match(app.newest(personal('Bo Ek')), /^Påminnelse: 1 steg[\s\S]*Elev1 Exempel/);
    assert.equal(app.all(annasChat).filter((text) => /^Påminnelse/.test(text)).length, 0);
  });

  it('of two who press at once saves one, and tells the other who was there', async () => {
    await start();
    await accepted(app, { 0: 22, 1: 15 }, 3);
    const hand = newestCard(app, annasChat);
    const button = actionsOf(hand.card).find(({ tooltip = '' }) => /Elev1/.test(tooltip));

    const answers = await Promise.all(
      [1, 2, 3].map(() => app.anna.pressExecute(annasChat, hand.messageId, 'routine.stepDone', button?.data)),
    );
    await app.settled();

    const texts = answers.map(textOf);
    assert.equal(texts.filter((text) => /Sparat som klart: Se över/.test(text)).length, 1);
    assert.equal(
      texts.filter((text) =>
        /Redan klart: Se över frånvaron \(Elev1 Exempel\), sparat av Anna Berg tis 24\/11 10:01/.test(text),
      ).length,
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
    await accepted(app, { [HIDDEN]: 22, 1: 15 }, 3);
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
      new RegExp(`Sparat som klart: Enkel utredning \\(Elev med skyddade uppgifter, ref. ${reference}\\)`),
    );
  });

  it('shows a pupil no more who is protected from now on, on cards that are out', async () => {
    await start();
    await accepted(app, { 1: 15 }, 1);
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
    assert.match(textOf(answer), /Det här kan bara göras av den som har steget/);
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
});
