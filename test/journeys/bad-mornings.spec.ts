import assert from 'node:assert/strict';
import { statusFindings } from '../../bot/commands/status-findings.ts';
import { statusText } from '../../bot/commands/status-text.ts';
import { runJob } from '../../bot/runs.ts';
import { readStatus } from '../../bot/status-report.ts';
import { SourceError } from '../../services/sources/source-error.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { actionsOf, cardOf, textsOf } from '../support/card-text.ts';
import { forEachEngine } from '../support/databases.ts';
import { coordinator, mentors, messagesIn, pressFirst, shownIn, textOf } from '../support/morning-cards.ts';
import { channelId, guid, MONDAY, pupilId, reportedAllDay } from '../support/small-school.ts';
import { contact } from '../support/taps.ts';

forEachEngine('a morning that goes wrong', (engine) => {
  let app: TestApp;

  afterEach(() => app.close());

  describe('because the student system does not answer', () => {
    beforeEach(async () => {
      app = await startTestApp({ engine, groups: 2, perGroup: 10 });
      app.school.failure = new SourceError('unreachable', 'The source cannot be reached', {
        source: 'memory',
      });
      app.clock.set('08:45');
      await app.sedd.tick();
      await assert.rejects(tryMorning());
    });

    it('is nobody’s business in Teams while it is tried again, and stands in the log and in the status', async () => {
      assert.deepEqual(app.connector.messages(), []);
      assert.match(app.log.join(''), /"code":"source\.unreachable"/);
      const text = statusText(await readStatus(app.storage.db));
      assert.match(text, /norr +morning +failed .* source\.unreachable/);
    });

    it('is told to the coordinator after five minutes, and the same card becomes the morning’s when it comes', async () => {
      app.clock.set('08:51');
      await assert.rejects(tryMorning());
      await app.connector.until((far) => far.messages().length > 0);
      const told = shownIn(app, coordinator);
      assert.match(told.texts, /Norrskolan: läget kunde inte hämtas/);
      assert.match(told.texts, /skulle ha kommit 08:45/);
      assert.equal(told.message.activity.summary, 'Norrskolan: läget kunde inte hämtas');
      assert.deepEqual(messagesIn(app, mentors(0)), []);

      app.school.failure = undefined;
      app.clock.set('09:05');
      await app.run('morning');

      const shown = shownIn(app, coordinator);
      assert.equal(shown.message.id, told.message.id);
      assert.match(shown.texts, /Läget 09:05/);
      assert.match(shown.texts, /2 av 2/);
    });
  });

  it('because Sedd was down is made up for until noon', async () => {
    app = await startTestApp({ engine });

    await app.until('11:59');

    assert.match(shownIn(app, mentors(0)).texts, /Läget 11:59/);
    assert.equal(messagesIn(app, coordinator).length, 1);
  });

  it('because Sedd was down over noon is skipped, visibly', async () => {
    app = await startTestApp({ engine });

    await app.until('12:00');

    assert.deepEqual(app.connector.messages(), []);
    assert.match(statusText(await readStatus(app.storage.db)), /norr +morning +skipped .* tooLate/);
    assert.match(app.log.join(''), /"level":40.*"job":"morning".*skipped/);
  });

  it('because nothing is reported, where no coordinator can be asked, is told by status, doctor and log, and goes out at the refresh', async () => {
    const channels = { mentorGroups: { '7A': channelId(0), '8A': channelId(1) } };
    const school = { id: 'norr', name: 'Norrskolan', organisation: guid(9, 1), channels };
    app = await startTestApp({ engine, municipality: { schools: [school] } });
    app.school.marks = undefined;
    await app.until('08:45');

    const report = await readStatus(app.storage.db);
    assert.match(
      statusText(report),
      /Held mornings and readings: 1\n {2}2026-11-23 +norr +morning +fewLessonsReported; nobody can be asked/,
    );
    const [finding] = statusFindings(report).filter(({ what }) => what === 'Mornings');
    assert.equal(finding?.state, 'failed');
    assert.match(app.log.join(''), /"level":50.*nobody can be asked/);
    assert.deepEqual(app.connector.messages(), []);

    app.school.marks = () => 'here';
    await app.until('10:00');

    assert.match(shownIn(app, mentors(0)).texts, /ingen att följa upp här just nu/);
    assert.deepEqual((await readStatus(app.storage.db)).held, []);
  });

  describe('because far more seem absent than usual', () => {
    beforeEach(async () => {
      app = await startTestApp({ engine, groups: 2, perGroup: 10 });
      app.school.marks = () => 'missing';
      await app.until('08:45');
    });

    it('is held, and goes out by itself when the refresh finds that it was a mistake', async () => {
      assert.match(shownIn(app, coordinator).texts, /20 av 20 elever saknas utan anmälan/);
      assert.deepEqual(messagesIn(app, mentors(0)), []);
      app.school.marks = (pupil) => (pupil === 0 ? 'missing' : 'here');

      await app.until('10:00');

      assert.match(shownIn(app, mentors(0)).texts, /1 att kontakta/);
      const [texts] = messagesIn(app, coordinator).map(({ activity }) =>
        textsOf(cardOf(activity)).join('\n'),
      );
      assert.match(texts ?? '', /Skickat till mentorerna/);
      assert.doesNotMatch(texts ?? '', /Skicka ändå/);
    });

    it('tells whoever presses too late that it is out already', async () => {
      const { message, buttons } = shownIn(app, coordinator);
      const [button] = buttons;
      assert.ok(button !== undefined);
      await pressFirst(app, app.user('Karin Koord'), coordinator);

      const late = await app
        .user('Karin Koord')
        .pressExecute(coordinator, message.id, button.verb, button.data);
      await app.settled();

      assert.match(textOf(late), /Skickat ändå av Karin Koord 08:45/);
      assert.equal(messagesIn(app, mentors(0)).length, 1);
    });
  });

  describe('because a later reading says what is hardly so', () => {
    beforeEach(async () => {
      app = await startTestApp({ engine, groups: 2, perGroup: 10 });
      app.school.marks = (pupil) => (pupil === 0 ? 'missing' : 'here');
      await app.until('08:45');
      app.school.marks = () => 'missing';
      await app.until('10:00');
    });

    it('leaves the cards as they are, and asks the coordinator in a message of its own', async () => {
      assert.match(shownIn(app, mentors(0)).texts, /Läget 08:45/);
      assert.match(shownIn(app, mentors(0)).texts, /1 att kontakta/);
      const asked = question();
      assert.equal(asked.summary, 'Norrskolan: ett nytt läge väntar på besked');
      assert.match(asked.texts, /enligt elevsystemet 10:00/);
      assert.match(asked.texts, /20 av 20 elever saknas utan anmälan/);
      assert.match(asked.texts, /fortfarande läget 08:45/);
    });

    it('shows it when the coordinator says so, and says who did', async () => {
      const { message, button } = question();
      assert.ok(button !== undefined);
      app.clock.set('10:05');

      const answer = await app
        .user('Karin Koord')
        .pressExecute(coordinator, message.id, button.verb, button.data);
      await app.settled();

      assert.match(textOf(answer), /Karin Koord valde Visa ändå 10:05/);
      assert.match(shownIn(app, mentors(0)).texts, /Läget 10:05/);
      assert.match(shownIn(app, mentors(0)).texts, /10 att kontakta/);
      assert.match(question().texts, /Korten visar nu läget 10:05/);
      assert.equal(question().button, undefined);
    });

    it('shows it to nobody at a mentor’s word, and puts the attempt down', async () => {
      const { message, button } = question();
      assert.ok(button !== undefined);

      const answer = await app
        .user('Anna Berg')
        .pressExecute(coordinator, message.id, button.verb, button.data);
      await app.settled();

      assert.match(textOf(answer), /närvarokoordinator/);
      assert.match(shownIn(app, mentors(0)).texts, /Läget 08:45/);
      const refused = await app.storage.db
        .selectFrom('audit')
        .select('actorId')
        .where('action', '=', 'press.refused')
        .execute();
      assert.deepEqual(refused, [{ actorId: 'entra-Anna Berg' }]);
    });

    it('asks no more once a reading is in order', async () => {
      app.school.marks = (pupil) => (pupil < 2 ? 'missing' : 'here');

      await app.until('10:30');

      assert.match(
        shownIn(app, mentors(0)).texts,
        /Läget 10:30[\s\S]*2 att kontakta|2 att kontakta[\s\S]*Läget 10:30/,
      );
      assert.match(question().texts, /korten visar ett nytt läge[\s\S]*Korten visar nu läget 10:30/);
      assert.equal(question().button, undefined);
    });
  });

  /** The coordinator's message on the reading that is held. */
  function question() {
    const found = messagesIn(app, coordinator)
      .map((message) => ({ message, card: cardOf(message.activity) }))
      .map(({ message, card }) => ({
        message,
        summary: message.activity.summary,
        texts: textsOf(card).join('\n'),
        button: actionsOf(card).find(({ verb }) => verb === 'morning.acceptReading'),
      }))
      .find(({ texts }) => /nytt läge|läget hämtas igen/.test(texts));
    assert.ok(found !== undefined);
    return found;
  }

  it('because reports come late is corrected on the card, and whoever has made contact is still shown to have', async () => {
    app = await startTestApp({ engine, groups: 2, perGroup: 20 });
    app.school.marks = (pupil) => (pupil < 3 ? 'missing' : 'here');
    await app.until('08:45');
    await contact(app, app.user('Anna Berg'), mentors(0), pupilId(0));
    app.school.notices = [reportedAllDay(0), reportedAllDay(1)];
    app.school.marks = (pupil) => (pupil < 2 ? 'missing' : pupil === 2 ? 'late' : 'here');

    await app.until('10:00');

    const { texts, buttons } = shownIn(app, mentors(0));
    assert.match(texts, /Anmälda \(2\)/);
    assert.match(texts, /Kontaktad av Anna Berg 08:45/);
    assert.match(texts, /1 elev kom sent och är här nu/);
    assert.deepEqual(
      buttons.map(({ title }) => title),
      ['Ändra'],
    );
  });

  async function tryMorning(): Promise<void> {
    await runJob(app.sedd.runs, { job: 'morning', schoolId: 'norr', day: MONDAY.toString() });
  }
});
