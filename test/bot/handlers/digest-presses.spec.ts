import assert from 'node:assert/strict';
import { personal } from '../../journeys/personal.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { textsOf } from '../../support/card-text.ts';
import { coordinator, followUpsOf, messagesIn, textOf, textsIn } from '../../support/morning-cards.ts';
import { pupilId } from '../../support/small-school.ts';
import { ANNA, BO, emailOf, smallStaff } from '../../support/small-staff.ts';
import { cardIn, inHand, tap } from '../../support/taps.ts';

const staff = smallStaff.map((one) => ({ ...one, groups: one.id === ANNA ? [0] : one.id === BO ? [1] : [] }));

describe('the buttons of the digest', () => {
  let app: TestApp;
  beforeEach(async () => {
    const municipality = { roles: { mobileSchoolTeam: [emailOf('Mia Mobil')] } };
    app = await startTestApp({ groups: 2, perGroup: 20, withProtected: true, municipality });
    app.school.staff = staff;
    // 0 is of 7A, 27 of 8A, and 19 is protected.
    app.school.marks = (pupil) => ([0, 19, 27].includes(pupil) ? 'missing' : 'here');
    for (const { name } of staff) app.user(name);
    await app.until('08:45');
    for (const time of ['09:30', '12:00']) await app.until(time);
  });
  afterEach(() => app.close());

  const digest = () => {
    const newest = messagesIn(app, coordinator).findLast(({ activity }) =>
      JSON.stringify(activity).includes('digest.listOpen'),
    );
    assert.ok(newest !== undefined, 'there is no digest with buttons');
    const [attachment] = newest.activity.attachments as { readonly content: object }[];
    return { messageId: newest.id, card: attachment?.content ?? assert.fail() };
  };
  const press = async (name: string, title: string) =>
    await tap(app.user(name), coordinator, digest(), title);

  it('list the open ones, each with who answers for it, and protected ones as a number', async () => {
    const answer = await press('Karin Koord', 'Visa de öppna');
    const texts = textOf(answer);

    assert.match(texts, /Elev0 Exempel[\s\S]*ansvarig Anna Berg/);
    assert.match(texts, /Elev27 Exempel[\s\S]*ansvarig Bo Ek/);
    assert.match(texts, /1 ärende hanteras enligt särskild rutin/);
    for (const [pupil, isThere] of [
      [0, true],
      [19, false],
    ] as const) {
      const [followUp] = await followUpsOf(app, pupilId(pupil));
      assert.equal(JSON.stringify(answer.body).includes(followUp ?? assert.fail()), isThere);
    }
  });

  it('list them for the mobile school team too, which reminds nobody', async () => {
    const listed = textOf(await press('Mia Mobil', 'Visa de öppna'));
    const reminded = textOf(await press('Mia Mobil', 'Påminn alla'));

    assert.match(listed, /Elev0 Exempel[\s\S]*Elev27 Exempel/);
    assert.doesNotMatch(listed, /Elev19/);
    assert.match(reminded, /bara närvarokoordinatorn eller rektor/);
  });

  it('lead from the list to a pupil’s panel, and back to the digest', async () => {
    const list = inHand(await press('Karin Koord', 'Visa de öppna'), digest());

    const panel = inHand(await tap(app.user('Karin Koord'), coordinator, list, 'Kontaktad'), list);
    const after = await tap(app.user('Karin Koord'), coordinator, panel, 'Telefon');
    const back = textOf(await tap(app.user('Karin Koord'), coordinator, list, 'Tillbaka'));

    assert.match(textsOf(panel.card).join('\n'), /Elev0 Exempel/);
    assert.match(textOf(after), /Sparat: Elev0 Exempel är kontaktad/);
    assert.match(back, /^Norrskolan: 2 kvar att kontakta/);
  });

  it('remind each of those who answer, once, and say how many', async () => {
    const first = textOf(await press('Karin Koord', 'Påminn alla'));
    const second = textOf(await press('Karin Koord', 'Påminn alla'));
    await app.settled();

    assert.match(first, /2 påminnelser är på väg/);
    assert.match(second, /Det finns ingen att påminna/);
    for (const name of ['Anna Berg', 'Bo Ek'])
      assert.match(textsOf(cardIn(app, personal(name)).card).join('\n'), /Påminnelse från skolan: 1 elev/);
  });

  it('remind nobody outside the hours, and say how many it would be and when', async () => {
    app.clock.set('16:45');
    const before = app.connector.messages().length;

    const answer = textOf(await press('Karin Koord', 'Påminn alla'));
    await app.settled();

    assert.match(
      answer,
      /Inget är skickat: påminnelser går bara på skoldagar mellan 07:30 och 16:30\. Då skulle 2 personer få en/,
    );
    await app.user('Karin Koord').write(coordinator, 'påminn alla');
    assert.match(textsIn(app, coordinator).at(-1) ?? '', /^Inget är skickat: påminnelser går bara/);
    assert.equal(app.connector.messages().length, before + 1);
  });

  it('remind nobody of a day that is over', async () => {
    app.clock.set('09:00', '2026-11-24');
    const before = app.connector.messages().length;

    const answer = textOf(await press('Karin Koord', 'Påminn alla'));
    await app.settled();

    assert.match(answer, /^Dagen är över, så ingen påminns om den/);
    assert.equal(app.connector.messages().length, before);
  });

  for (const title of ['Visa de öppna', 'Påminn alla']) {
    it(`are not for mentors, nor for strangers: ${title}`, async () => {
      const answers = [textOf(await press('Anna Berg', title)), textOf(await press('Sven Svensson', title))];

      assert.deepEqual(answers, [
        'Det här kan bara närvarokoordinatorn eller rektor göra.',
        'Jag känner inte igen dig som personal på skolan. Be närvarokoordinatorn se över din e-postadress i elevsystemet.',
      ]);
      const refused = await app.storage.db
        .selectFrom('audit')
        .select(['actorName', 'objectId', 'details'])
        .where('action', '=', 'press.refused')
        .orderBy('id')
        .execute();
      const verb = title === 'Påminn alla' ? 'digest.remindAll' : 'digest.listOpen';
      assert.deepEqual(refused, [
        { actorName: 'Anna Berg', objectId: verb, details: { code: 'notCoordinator' } },
        { actorName: 'Sven Svensson', objectId: verb, details: { code: 'notStaff' } },
      ]);
    });
  }

  it('open no panel of a pupil who has been handled meanwhile', async () => {
    const list = inHand(await press('Karin Koord', 'Visa de öppna'), digest());
    const closed = { state: 'closed', closedAt: app.clock.now(), closedReason: 'arrived' } as const;
    await app.storage.db.updateTable('followUp').set(closed).where('pupilId', '=', pupilId(0)).execute();

    const answer = textOf(await tap(app.user('Karin Koord'), coordinator, list, 'Kontaktad'));

    assert.match(answer, /Elev0 Exempel behöver inte längre kontaktas/);
  });
});
