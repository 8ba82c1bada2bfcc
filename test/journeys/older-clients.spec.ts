import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import { actionsOf, cardOf, textsOf } from '../support/card-text.ts';
import { forEachEngine } from '../support/databases.ts';
import { coordinator, mentors, messagesIn, shownIn } from '../support/morning-cards.ts';
import { pupilId, reportedAllDay } from '../support/small-school.ts';
import { type CardInHand, cardIn, contact } from '../support/taps.ts';
import type { TeamsPlace, TeamsUser } from '../support/teams-user.ts';
import { personal } from './personal.ts';

const annasChat = personal('Anna Berg');

forEachEngine('a press from an older client', (engine) => {
  let app: TestApp;

  beforeEach(async () => {
    app = await startTestApp({ engine, groups: 2, perGroup: 12 });
    app.school.marks = (pupil) => ([0, 1, 13].includes(pupil) ? 'missing' : 'here');
    for (const name of ['Anna Berg', 'Bo Ek', 'Eva Ek']) app.user(name);
    await app.until('08:45');
  });
  afterEach(() => app.close());

  /** The card as it is now, in the hands of somebody who does not see it change. */
  const card = (place = mentors(0)): CardInHand => cardIn(app, place);
  const replies = (place: TeamsPlace) =>
    messagesIn(app, place).flatMap(({ activity }) =>
      activity.attachments === undefined ? [String(activity.text)] : [],
    );

  /** Presses the pupil's button there, as a client does that knows no `Action.Execute`. */
  async function press(
    who: TeamsUser,
    pupil: number,
    { messageId, card: shown }: CardInHand,
    place = mentors(0),
  ) {
    const { id } = await app.storage.db
      .selectFrom('followUp')
      .select('id')
      .where('pupilId', '=', pupilId(pupil))
      .executeTakeFirstOrThrow();
    const button = actionsOf(shown).find(({ data }) => data.followUp === id);
    const { data } = button?.fallback ?? assert.fail('the pupil has no button');
    const answer = await who.pressSubmit(place, messageId, String(data.verb), data);
    await app.settled();
    assert.equal(answer.status, 200);
    return answer;
  }

  it('records at once, since it cannot ask; the card says it, and nothing else has to', async () => {
    await press(app.user('Anna Berg'), 0, card());

    assert.match(shownIn(app, mentors(0)).texts, /✓ Elev0 Exempel\nKontaktad av Anna Berg 08:45/);
    assert.deepEqual(replies(mentors(0)), []);
  });

  it('records once however often it comes, and is silent then too', async () => {
    const hand = card();

    for (let times = 0; times < 3; times += 1) await press(app.user('Anna Berg'), 0, hand);

    const contacts = await app.storage.db.selectFrom('contact').selectAll().execute();
    assert.equal(contacts.length, 1);
    assert.deepEqual(replies(mentors(0)), []);
  });

  it('on a card that did not change there is told in words who was there before', async () => {
    const hand = card();
    app.clock.set('09:12');
    await contact(app, app.user('Bo Ek'), mentors(0), pupilId(0));
    app.clock.set('09:30');

    await press(app.user('Anna Berg'), 0, hand);

    assert.deepEqual(replies(mentors(0)), ['Elev0 Exempel är redan hanterad av Bo Ek 09:12.']);
  });

  it('is told the same in one’s own chat', async () => {
    await app.until('10:00');
    await app.until('10:01');
    const hand = card(annasChat);
    await contact(app, app.user('Bo Ek'), mentors(0), pupilId(0));
    await app.settled();

    await press(app.user('Anna Berg'), 0, hand, annasChat);

    assert.deepEqual(replies(annasChat), ['Elev0 Exempel är redan hanterad av Bo Ek 10:01.']);
  });

  it('is told that what it records is not needed any more', async () => {
    const hand = card();
    app.school.notices = [reportedAllDay(0)];
    await app.until('10:00');

    await press(app.user('Anna Berg'), 0, hand);

    assert.deepEqual(replies(mentors(0)), ['Sparat. Elev0 Exempel behöver inte längre kontaktas.']);
  });

  it('is told when what it had recorded was taken back meanwhile', async () => {
    const hand = card();
    await press(app.user('Anna Berg'), 0, hand);
    await app.user('Karin Koord').write(coordinator, 'ångra');
    await app.user('Anna Berg').write(mentors(0), 'ångra');
    const before = replies(mentors(0)).length;

    await press(app.user('Anna Berg'), 0, hand);

    assert.match(replies(mentors(0))[before] ?? '', /har ångrats av Anna Berg\. Tryck igen/);
  });

  it('is refused in words for a pupil of another group', async () => {
    await press(app.user('Eva Ek'), 0, card());

    assert.match(replies(mentors(0))[0] ?? '', /Det här kan bara göras av den som ansvarar för eleven/);
  });

  it('of "Påminn alla" is told how many were reminded', async () => {
    await app.until('10:00');
    await app.until('10:01');
    const hand = card(coordinator);
    const button = actionsOf(hand.card).find(({ verb }) => verb === 'digest.remindAll');
    const { data } = button?.fallback ?? assert.fail('there is no such button');

    await app.user('Karin Koord').pressSubmit(coordinator, hand.messageId, String(data.verb), data);
    await app.settled();

    assert.deepEqual(replies(coordinator), ['1 påminnelse är på väg.']);
    assert.ok(
      textsOf(cardOf(messagesIn(app, annasChat).at(-1)?.activity ?? {}))
        .join()
        .includes('Påminnelse från skolan'),
    );
  });
});
