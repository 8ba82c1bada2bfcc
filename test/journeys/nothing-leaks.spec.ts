import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { morningText } from '../../bot/commands/morning-text.ts';
import { statusFindings } from '../../bot/commands/status-findings.ts';
import { statusText } from '../../bot/commands/status-text.ts';
import { tellingOf } from '../../bot/exit.ts';
import { readStatus } from '../../bot/status-report.ts';
import { onText } from '../../cards/on.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { cardOf, textsOf } from '../support/card-text.ts';
import { forEachEngine } from '../support/databases.ts';
import { coordinator, mentors, messagesIn, press, shownIn } from '../support/morning-cards.ts';
import { groupId, guid, MONDAY, pupilId, reportedAllDay } from '../support/small-school.ts';

const HIDDEN = 19;
const LATER_HIDDEN = 0;
/** Everybody's name in these journeys, pupils' and staff's. */
const NAMES = /Elev\d|Exempel|Anna Berg|Bo Ek|Karin Koord/;

forEachEngine('what leaves Sedd', (engine) => {
  let app: TestApp;
  let answers: unknown[];

  beforeEach(async () => {
    answers = [];
    app = await startTestApp({ engine, groups: 2, perGroup: 20, withProtected: true });
    app.school.marks = (pupil) => ([LATER_HIDDEN, 1, HIDDEN, 21].includes(pupil) ? 'missing' : 'here');
  });
  afterEach(() => app.close());

  it('has over a whole day no trace of a protected pupil, whatever is pressed and asked', async () => {
    await wholeDay();

    const everything = [
      ...(await toldOutside()),
      JSON.stringify(app.connector.requests()),
      JSON.stringify(answers),
    ];
    for (const text of everything) assert.doesNotMatch(text, new RegExp(pupilId(HIDDEN)));
    for (const { activity } of messagesIn(app, coordinator)) {
      const text = textsOf(cardOf(activity)).join('\n');
      assert.match(text, /1 ärende hanteras enligt särskild rutin|en nyare sammanställning finns/);
    }
  });

  it('has no name in the log, in the status, in the figures and in what is said of errors', async () => {
    await wholeDay();

    for (const text of await toldOutside()) assert.doesNotMatch(text, NAMES);
  });

  it('has no name in a notification, nor in what stands for a card that cannot be shown', async () => {
    await wholeDay();

    for (const { activity } of app.connector.messages()) {
      const json = JSON.stringify(activity);
      assert.doesNotMatch(String(activity.summary), NAMES);
      for (const [, fallback] of json.matchAll(/"fallbackText":"([^"]*)"/g))
        assert.doesNotMatch(String(fallback), NAMES);
    }
  });

  it('shows a pupil no more who is protected in the middle of the day, on that day’s cards and those before', async () => {
    app.school.days.push(MONDAY.add({ days: 1 }).toString());
    await app.until('08:45');
    await app.until('08:45', MONDAY.add({ days: 1 }).toString());
    assert.equal(shownWith('Elev0').length, 2);
    const sent = app.connector.requests().length;
    app.school.isProtected = (pupil) => [LATER_HIDDEN, HIDDEN].includes(pupil);

    await app.run('roster');

    assert.deepEqual(shownWith('Elev0'), []);
    const since = JSON.stringify(app.connector.requests().slice(sent));
    assert.doesNotMatch(since, new RegExp(`Elev0|${pupilId(LATER_HIDDEN)}`));
    assert.match(shownIn(app, coordinator, 'newest').texts, /2 ärenden hanteras enligt särskild rutin/);
  });

  describe('when the database refuses', () => {
    it('a press has in the log no more than that it did, and what to ask for', async () => {
      await app.until('08:45');
      await sql`alter table audit rename to elsewhere`.execute(app.storage.db);

      const answer = await press(app, app.user('Anna Berg'), mentors(0));

      assert.match(JSON.stringify(answer.body), /Något gick fel hos oss/);
      const log = app.log.join('');
      assert.match(log, /"turn":"press".*"reference":"[0-9a-f]{8}"/);
      assert.doesNotMatch(log, NAMES);
      assert.doesNotMatch(log, new RegExp(pupilId(LATER_HIDDEN)));
      await sql`alter table elsewhere rename to audit`.execute(app.storage.db);
    });

    it('a roster has in the log and on the command line none of its rows', async () => {
      await sql`alter table pupil add constraint no_third check (given_name <> 'Elev3')`.execute(
        app.storage.db,
      );
      app.clock.set('05:30');

      const failure = await app.run('roster').catch((error: unknown) => error);
      await app.sedd.tick();
      await untilLogged(/"queue":"run"/);

      assert.match(String(tellingOf(failure)), /no_third/);
      for (const text of [String(tellingOf(failure)), app.log.join('')]) assert.doesNotMatch(text, NAMES);
      await sql`alter table pupil drop constraint no_third`.execute(app.storage.db);
    });
  });

  /** A morning that is held and let out, presses of all kinds, a refresh, questions, and the evening. */
  async function wholeDay(): Promise<void> {
    const marks = app.school.marks;
    app.school.marks = undefined;
    await app.until('08:45');
    await say(press(app, app.user('Karin Koord'), coordinator));
    await app.settled();
    app.school.marks = marks;
    app.school.notices = [reportedAllDay(1)];
    await app.until('10:00');
    await say(press(app, app.user('Anna Berg'), mentors(0), pupilId(LATER_HIDDEN)));
    const { message } = shownIn(app, mentors(0));
    const on = onText({ purpose: 'morning', subject: `${groupId(0)}/${MONDAY}`, page: 0 });
    for (const pupil of [HIDDEN, 999]) {
      const data = { followUp: await followUpOf(pupil), version: 1, on, method: 'phone' };
      for (const verb of ['followUp.ask', 'followUp.contacted'])
        await say(app.user('Anna Berg').pressExecute(mentors(0), message.id, verb, data));
    }
    for (const text of [
      'status',
      'hjälp',
      'mina elever',
      'Elev0 Exempel',
      'kontaktad Elev19 Exempel',
      'ej nådd Elev21',
    ])
      await say(app.user('Anna Berg').write(mentors(1), text));
    await app.settled();
    for (const time of ['10:01', '12:00', '12:01', '15:00', '15:01', '17:00']) await app.until(time);
  }

  /** The id of a pupil's follow-up, and where there is none one that nothing has. */
  async function followUpOf(pupil: number): Promise<string> {
    const query = app.storage.db.selectFrom('followUp').select('id').where('pupilId', '=', pupilId(pupil));
    return (await query.executeTakeFirst())?.id ?? guid(5, pupil);
  }

  async function say(answer: Promise<{ readonly body: unknown }>): Promise<void> {
    answers.push((await answer).body);
  }

  /** What is read by whoever runs Sedd, and by monitoring. */
  async function toldOutside(): Promise<readonly string[]> {
    const { db } = app.storage;
    const report = await readStatus(db);
    const [school] = app.sedd.runs.schools.values();
    assert.ok(school !== undefined);
    const pages = ['metrics', 'status', 'readyz', 'healthz', 'api/messages', 'elsewhere'].map(
      async (path) => await (await fetch(`${app.sedd.url}/${path}`)).text(),
    );
    return [
      app.log.join(''),
      statusText(report),
      JSON.stringify(statusFindings(report)),
      await morningText(db, school, MONDAY, { isDryRun: false }),
      ...(await Promise.all(pages)),
    ];
  }

  function shownWith(name: string): readonly string[] {
    return messagesIn(app, mentors(0)).flatMap(({ id, activity }) =>
      JSON.stringify(activity).includes(`${name} `) ? [id] : [],
    );
  }

  async function untilLogged(line: RegExp): Promise<void> {
    const endsAt = performance.now() + 10_000;
    while (!line.test(app.log.join(''))) {
      assert.ok(performance.now() < endsAt, 'it is never logged');
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
});
