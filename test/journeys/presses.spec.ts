import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import { actionsOf } from '../support/card-text.ts';
import { forEachEngine } from '../support/databases.ts';
import { coordinator, mentors, messagesIn, pressFirst, shownIn, textOf } from '../support/morning-cards.ts';
import { MONDAY, pupilId, reportedAllDay } from '../support/small-school.ts';
import { smallStaff, staffId } from '../support/small-staff.ts';
import { ask, contact, tap } from '../support/taps.ts';

const crowd = Array.from({ length: 12 }, (_, number) => ({
  id: staffId(100 + number),
  name: `Person ${number}`,
  groups: 'all' as const,
}));

forEachEngine('presses on the morning’s cards', (engine) => {
  let app: TestApp;

  beforeEach(async () => {
    app = await startTestApp({ engine, groups: 3, perGroup: 12, withProtected: true });
    // Pupil 11, of the first group, is protected.
    app.school.marks = (pupil) => ([0, 1, 11, 13].includes(pupil) ? 'missing' : 'here');
    app.school.staff = [...smallStaff, ...crowd];
    await app.until('08:45');
  });
  afterEach(() => app.close());

  it('of many people at once, one counts, one row tells of it, and everybody is shown the same', async () => {
    const people = crowd.map(({ name }) => app.user(name));
    const hands = await Promise.all(people.map((who) => ask(app, who, mentors(0), pupilId(0))));

    const answers = await Promise.all(
      people.map((who, number) => tap(who, mentors(0), hands[number] ?? assert.fail(), 'Telefon')),
    );
    await app.settled();

    const told = new Set(answers.map((answer) => /Kontaktad av Person \d+/.exec(textOf(answer))?.[0]));
    assert.equal(told.size, 1);
    assert.match(shownIn(app, mentors(0)).texts, new RegExp(String([...told][0])));
    assert.equal(answers.filter((answer) => /redan hanterad av Person/.test(textOf(answer))).length, 11);
    assert.equal((await auditOf('followUp.contacted')).length, 1);
  });

  it('are taken once, however often Teams sends them again, with the same id or with another', async () => {
    const anna = app.user('Anna Berg');
    const { messageId, card } = await ask(app, anna, mentors(0), pupilId(0));
    const button = actionsOf(card).find(({ title }) => title === 'SMS') ?? assert.fail();
    const data = { ...button.data, counterpart: 'pupil' };
    const activity = (id: string) => ({
      id,
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: messageId,
      value: { action: { type: 'Action.Execute', verb: button.verb, data } },
    });

    const first = await anna.send(mentors(0), activity('f:1'));
    app.clock.set('09:30');
    const again = [
      await anna.send(mentors(0), activity('f:1')),
      await anna.send(mentors(0), activity('f:2')),
    ];
    await app.settled();

    for (const answer of again) assert.equal(textOf(answer), textOf(first));
    assert.equal((await auditOf('followUp.contacted')).length, 1);
  });

  it('count where the item was closed a moment before: contact is contact', async () => {
    const anna = app.user('Anna Berg');
    const hand = await ask(app, anna, mentors(0), pupilId(0));
    app.school.notices = [reportedAllDay(0)];
    await app.until('10:00');

    const answer = await tap(anna, mentors(0), hand, 'Telefon');
    await app.settled();

    assert.match(textOf(answer), /Kontaktad av Anna Berg 10:00/);
    assert.match(shownIn(app, mentors(0)).texts, /Kontaktad av Anna Berg 10:00/);
  });

  it('for a pupil who is on both cards are shown on both', async () => {
    await moved(0, [0, 1]);
    await app.until('10:00');

    await contact(app, app.user('Anna Berg'), mentors(1), pupilId(0));
    await app.settled();

    for (const group of [0, 1]) assert.match(shownIn(app, mentors(group)).texts, /Kontaktad av Anna Berg/);
  });

  it('count in the old group’s channel when the pupil has changed groups since, and both groups see it', async () => {
    const anna = app.user('Anna Berg');
    const hand = await ask(app, anna, mentors(0), pupilId(0));
    await moved(0, [2]);

    const answer = await tap(anna, mentors(0), hand, 'Telefon');
    await app.settled();

    assert.match(textOf(answer), /Elev0 Exempel[\s\S]*Kontaktad av Anna Berg/);
    for (const group of [0, 2]) assert.match(shownIn(app, mentors(group)).texts, /Kontaktad av Anna Berg/);
  });

  it('turn the pages of a large group’s card for whoever pressed, and not for the others', async () => {
    await app.close();
    app = await startTestApp({ engine, groups: 1, perGroup: 60 });
    app.school.marks = () => 'missing';
    await app.until('08:45');
    await pressFirst(app, app.user('Karin Koord'), coordinator);
    await app.settled();
    const { message, buttons, texts } = shownIn(app, mentors(0));
    const more = buttons.find(({ title }) => title === 'Visa fler');
    assert.match(texts, /Sida 1 av \d/);

    const answer = await app.user('Anna Berg').pressExecute(mentors(0), message.id, 'card.show', more?.data);
    await app.settled();

    assert.match(textOf(answer), /Sida 2 av \d/);
    assert.equal(shownIn(app, mentors(0)).texts, texts);
  });

  describe('on yesterday’s cards', () => {
    const tuesday = MONDAY.add({ days: 1 }).toString();

    it('say on which day contact was made', async () => {
      app.clock.set('00:10', tuesday);

      const answer = await contact(app, app.user('Anna Berg'), mentors(0), pupilId(0));
      await app.settled();

      assert.match(
        textOf(answer),
        /Måndag 23 november[\s\S]*Kontaktad av Anna Berg tisdag 24 november 00:10/,
      );
    });

    it('send nothing out any more', async () => {
      await app.close();
      app = await startTestApp({ engine, groups: 3, perGroup: 12 });
      app.school.marks = undefined;
      await app.until('08:45');
      app.clock.set('00:10', tuesday);

      const answer = await pressFirst(app, app.user('Karin Koord'), coordinator);
      await app.settled();

      assert.match(textOf(answer), /Morgonen är över/);
      assert.deepEqual(messagesIn(app, mentors(0)), []);
      assert.deepEqual(await auditOf('press.refused'), [
        { actorId: 'entra-Karin Koord', details: { code: 'past' } },
      ]);
    });
  });

  /** The roster says from now on that the pupil belongs to these groups. */
  async function moved(pupil: number, groups: readonly number[]): Promise<void> {
    const before = app.school.groupsOf;
    app.school.groupsOf = (number) => (number === pupil ? groups : before(number));
    await app.run('roster');
  }

  async function auditOf(action: string) {
    return await app.storage.db
      .selectFrom('audit')
      .select(['actorId', 'details'])
      .where('action', '=', action)
      .execute();
  }
});
