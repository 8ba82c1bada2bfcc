import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import { cardOf, textsOf } from '../support/card-text.ts';
import { forEachEngine } from '../support/databases.ts';
import { coordinator, mentors, messagesIn } from '../support/morning-cards.ts';
import { clockTime, reportedAllDay } from '../support/small-school.ts';
import { assertNoTrace } from '../support/traces.ts';

forEachEngine('a day of the closed loop', (engine) => {
  let app: TestApp;
  const textsIn = (place: Parameters<typeof messagesIn>[1]) =>
    messagesIn(app, place)
      .filter(({ activity }) => activity.attachments !== undefined)
      .map(({ activity }) => textsOf(cardOf(activity)).join('\n'));

  before(async () => {
    app = await startTestApp({ engine, groups: 2, perGroup: 20, withProtected: true });
    // Pupil 19 is protected.
    app.school.marks = (pupil) => ([0, 1, 19, 27].includes(pupil) ? 'missing' : 'here');
    await app.until('08:45');
  });
  after(() => app.close());

  it('reminds nobody before it is due', async () => {
    await app.until('09:59');

    assert.equal(messagesIn(app, mentors(0)).length, 1);
    assert.equal(messagesIn(app, mentors(1)).length, 1);
  });

  it('reminds whoever answers under the card, once, in one message for both pupils, and of no protected pupil', async () => {
    await app.until('10:00');
    await app.until('10:01');
    await app.until('10:05');

    const [card = '', ...more] = textsIn(mentors(0));
    assert.match(card, /Saknas \(2\)/);
    assert.equal(more.length, 1);
    assert.match(more[0] ?? '', /Påminnelse: 2 elever att kontakta/);
    assert.match(more[0] ?? '', /Elev0 Exempel[\s\S]*Elev1 Exempel/);
    await assertNoTrace(app, 19, { shown: 0 });
  });

  it('shows the coordinator an edition after the refresh', async () => {
    const digest = textsIn(coordinator).find((texts) => texts.includes('Tid till kontakt'));

    assert.match(digest ?? '', /Norrskolan: 4 kvar att kontakta/);
    assert.match(digest ?? '', /7A\*\* 3 att följa upp · 3 öppna · 2 försenade/);
    assert.match(digest ?? '', /1 ärende hanteras enligt särskild rutin/);
  });

  it('tells the coordinators at noon what is open, and shrinks the edition before', async () => {
    await app.until('12:00');
    await app.until('12:01');

    const all = textsIn(coordinator);
    assert.equal(all.filter((texts) => /12:01: 4 elever är inte kontaktade/.test(texts)).length, 1);
    assert.equal(all.filter((texts) => texts.includes('en nyare sammanställning')).length, 1);
    assert.equal(all.filter((texts) => texts.includes('Tid till kontakt')).length, 1);
  });

  it('takes a report that comes late: the item closes, the reminders follow, and whoever tried is told once', async () => {
    app.clock.set('12:10');
    const anna = app.user('Anna Berg');
    await anna.write(mentors(0), 'nådde inte Elev0 Exempel');
    await app.settled();
    app.school.notices = [reportedAllDay(0)];

    await app.run('refresh');
    await app.until('12:20');
    await app.until('12:21');

    const [card = '', ...more] = textsIn(mentors(0));
    assert.match(card, /Anmälda \(1\)/);
    assert.equal(more.filter((texts) => texts.includes('Vårdnadshavare har anmält Elev0 Exempel')).length, 1);
    assert.match(more[0] ?? '', /✓ Elev0 Exempel/);
  });

  it('looks a last time in the afternoon, and then is quiet', async () => {
    await app.until('15:00');
    await app.until('15:01');
    const before = app.connector.messages().length;
    await app.until('16:29');
    await app.until('18:00');

    assert.equal(textsIn(coordinator).filter((texts) => texts.includes('sista kontrollen')).length, 1);
    assert.equal(app.connector.messages().length, before);
  });

  it('knows how long it took, of the school and of nobody', async () => {
    app.clock.set('18:10');
    await app.user('Anna Berg').write(mentors(0), 'kontaktad Elev1 Exempel');

    const row = await app.storage.db.selectFrom('contactTime').selectAll().executeTakeFirstOrThrow();

    assert.equal(row.followUps, 4);
    assert.equal(row.contacted, 1);
    // From the lesson that was missed, at ten past eight.
    assert.equal(row.medianMinutes, 600);
    assert.equal(row.rebuiltAt.toString(), clockTime('18:10').toString());
    const columns = ['contacted', 'day', 'followUps', 'medianMinutes', 'rebuiltAt', 'schoolId'];
    assert.deepEqual(Object.keys(row).sort(), columns);
  });
});
