import assert from 'node:assert/strict';
import { systemClock } from '../../services/clock.ts';
import { createGraphDirectory } from '../../services/directory/graph-directory.ts';
import { addStandIn } from '../services/people/staffed-school.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { cardOf, textsOf } from '../support/card-text.ts';
import { forEachEngine } from '../support/databases.ts';
import { type GraphServer, startGraphServer } from '../support/graph-server.ts';
import { guid } from '../support/guid.ts';
import { coordinator, mentors, messagesIn } from '../support/morning-cards.ts';
import { MONDAY, pupilId } from '../support/small-school.ts';
import { ANNA, EVA, smallStaff } from '../support/small-staff.ts';
import { contact } from '../support/taps.ts';
import type { TeamsPlace } from '../support/teams-user.ts';
import { personal } from './personal.ts';

const people = ['Anna Berg', 'Bo Ek', 'Eva Ek', 'Karin Koord'];
const accountOf = (name: string) => guid(7, people.indexOf(name) + 1);
const [anna, bo, eva] = [personal('Anna Berg'), personal('Bo Ek'), personal('Eva Ek')];

forEachEngine('a reminder, where Microsoft Graph tells who is away,', (engine) => {
  let graph: GraphServer;
  let app: TestApp;

  beforeEach(async () => {
    graph = await startGraphServer();
    const directory = createGraphDirectory({
      config: { presence: true, automaticReplies: true },
      token: async () => 'a-token',
      wireClock: systemClock,
      url: graph.url,
      timeoutMs: 300,
    });
    app = await startTestApp({ engine, groups: 2, perGroup: 20, parts: { directory } });
    app.school.marks = (pupil) => ([0, 1].includes(pupil) ? 'missing' : 'here');
    for (const name of people) user(name);
    await app.until('08:45');
    await user('Eva Ek').write(eva, 'hjälp');
    // From here on everything has been read that decides who answers for a pupil.
    await app.until('10:00');
  });
  afterEach(async () => {
    await app.close();
    await graph.close();
  });

  const user = (name: string) => app.user(name, { entraId: accountOf(name) });
  const reminders = (place: TeamsPlace) =>
    messagesIn(app, place)
      .filter(({ activity }) => activity.attachments !== undefined)
      .map(({ activity }) => textsOf(cardOf(activity)).join('\n'))
      .filter((texts) => texts.includes('Påminnelse'));
  const isOut = (...names: readonly string[]) => {
    graph.presences = Object.fromEntries(names.map((name) => [accountOf(name), { activity: 'OutOfOffice' }]));
  };
  const warnings = () => app.log.filter((line) => line.includes('"level":40') && line.includes('directory.'));

  it('reaches whoever stands in, says who is responsible, and can be acted on', async () => {
    isOut('Anna Berg');
    // As long as nothing is assigned anew, what Anna answered for is hers.
    await addStandIn(app.storage.db, ANNA, EVA, { firstDay: MONDAY, lastDay: MONDAY });

    await app.until('10:01');
    await contact(app, user('Eva Ek'), eva, pupilId(0));
    await app.settled();

    assert.deepEqual([reminders(anna), reminders(bo)], [[], []]);
    const [reminder = '', ...more] = reminders(eva);
    assert.deepEqual(more, []);
    assert.match(reminder, /som vikarie eller kollega/);
    assert.match(reminder, /Elev1 Exempel\n.*ansvarig Anna Berg/);
    assert.match(reminder, /✓ Elev0 Exempel/);
    const card = messagesIn(app, mentors(0))[0] ?? assert.fail();
    assert.match(textsOf(cardOf(card.activity)).join('\n'), /Kontaktad av Eva Ek 10:01/);
  });

  it('reaches the other mentor, where nobody was asked to stand in', async () => {
    isOut('Anna Berg');

    await app.until('10:01');
    await app.until('10:02');

    assert.deepEqual([reminders(anna).length, reminders(bo).length], [0, 1]);
  });

  it('heeds a mailbox that answers by itself', async () => {
    graph.replies = { [accountOf('Anna Berg')]: { status: 'alwaysEnabled' } };

    await app.until('10:01');

    assert.deepEqual([reminders(anna).length, reminders(bo).length], [0, 1]);
  });

  it('reaches the coordinators where everybody is away', async () => {
    isOut(...people);

    await app.until('10:01');

    assert.deepEqual([reminders(anna), reminders(bo)], [[], []]);
    assert.equal(reminders(coordinator).length, 1);
  });

  it('comes as if nobody were away where Graph says nothing, and that is logged once and without names', async () => {
    isOut('Anna Berg');
    graph.script = () => ({ kind: 'silent' });

    await app.until('10:01');
    await user('Anna Berg').write(mentors(0), 'nådde inte Elev0 Exempel');
    // The first minute reads the day again, the second one reminds.
    await app.until('11:02');
    await app.until('11:03');

    assert.equal(reminders(anna).length, 1);
    assert.equal(messagesIn(app, anna).length, 2);
    const [warning = '', ...others] = warnings();
    assert.deepEqual(others, []);
    assert.match(warning, /"code":"directory\.timeout"/);
    for (const { name } of smallStaff) assert.doesNotMatch(warning, new RegExp(`${name}|${accountOf(name)}`));
  });

  it('asks nothing while nobody is to be reminded', async () => {
    await user('Anna Berg').write(mentors(0), 'kontaktad Elev0 Exempel');
    await user('Anna Berg').write(mentors(0), 'kontaktad Elev1 Exempel');

    await app.until('10:01');
    await app.until('12:01');

    assert.deepEqual(graph.calls, []);
  });
});
