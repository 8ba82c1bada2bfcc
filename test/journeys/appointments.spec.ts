import assert from 'node:assert/strict';
import { readAuditOfPupil } from '../../services/audit/read-audit.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { cardOf } from '../support/card-text.ts';
import { coordinator, mentors, messagesIn, textOf, textsIn } from '../support/morning-cards.ts';
import { pupilId } from '../support/small-school.ts';
import { pressAsk } from '../support/taps.ts';
import type { TeamsPlace } from '../support/teams-user.ts';
import { personal } from './personal.ts';

const TUESDAY = '2026-11-24';
const THREAD = mentors(0);
const [anna, eva, bo] = [personal('Anna Berg'), personal('Eva Ek'), personal('Bo Ek')];

describe('who answers for a pupil', () => {
  let app: TestApp;

  beforeEach(async () => {
    app = await startTestApp({ groups: 2, perGroup: 20 });
    app.school.days = ['2026-11-23', TUESDAY];
    app.school.marks = (pupil) => ([0, 1].includes(pupil) ? 'missing' : 'here');
    for (const name of ['Anna Berg', 'Bo Ek', 'Eva Ek', 'Karin Koord']) app.user(name);
    await app.until('08:45');
  });
  afterEach(() => app.close());

  async function say(name: string, place: TeamsPlace, text: string): Promise<string> {
    await app.user(name).write(place, text);
    return textsIn(app, place).at(-1) ?? '';
  }
  /** Eva, who is nobody's mentor, writes to Sedd and becomes a pupil's contact person. */
  async function appointEva(): Promise<void> {
    await say('Eva Ek', eva, 'hjälp');
    assert.match(
      await say('Karin Koord', coordinator, 'kontaktperson Elev0 Exempel: Eva Ek'),
      /^Eva Ek är nu kontaktperson för Elev0 Exempel/,
    );
    await app.until('08:50');
    await app.until('08:51');
  }

  it('is said by the coordinator alone, and anybody whose pupil it is may know', async () => {
    assert.match(
      await say('Anna Berg', THREAD, 'kontaktperson Elev0 Exempel: Eva Ek'),
      /kan bara närvarokoordinatorn eller rektor göra/,
    );
    await appointEva();

    assert.match(await say('Anna Berg', THREAD, 'kontaktperson Elev0 Exempel'), /Elev0 Exempel är Eva Ek/);
    assert.match(
      await say('Karin Koord', coordinator, 'kontaktperson Elev0 Exempel: Eva Ek'),
      /är redan kontaktperson/,
    );
  });

  it('is told once, reminded instead of the mentor, and shown the list each morning', async () => {
    await appointEva();

    await app.until('10:00');
    await app.until('10:01');
    await app.until('08:45', TUESDAY);

    const evas = textsIn(app, eva);
    assert.equal(evas.filter((text) => /Du är nu kontaktperson för Elev0/.test(text)).length, 1);
    const [reminder = '', ...more] = evas.filter((text) => /Påminnelse: 1 elev att kontakta/.test(text));
    assert.deepEqual(more, []);
    assert.match(reminder, /Elev0/);
    const lists = evas.filter((text) => /Dina elever: 1 att kontakta[\s\S]*tisdag 24 november/i.test(text));
    assert.equal(lists.length, 1);
    assert.match(lists[0] ?? '', /du är kontaktperson/);
    const annas = textsIn(app, anna).join('\n');
    assert.match(annas, /Elev1 Exempel/);
    assert.doesNotMatch(annas, /Elev0/);
  });

  it('changes without spoiling the cards that are out', async () => {
    const before = messagesIn(app, THREAD)[0] ?? assert.fail();
    const card = { messageId: before.id, card: cardOf(before.activity) };
    await appointEva();

    const answer = await pressAsk(app, app.user('Anna Berg'), THREAD, pupilId(0), card);

    assert.match(textOf(answer), /Elev0 Exempel/);
    assert.doesNotMatch(textOf(answer), /redan hanterad/);
  });

  it('is told when it ends, and gets no list after that', async () => {
    await appointEva();

    const ended = await say('Karin Koord', coordinator, 'ta bort kontaktperson Elev0 Exempel');
    await app.until('08:55');
    await app.until('08:45', TUESDAY);

    assert.match(ended, /har inte längre någon kontaktperson/);
    const evas = textsIn(app, eva);
    assert.equal(evas.filter((text) => /Du är inte längre kontaktperson för Elev0/.test(text)).length, 1);
    assert.equal(evas.filter((text) => /Dina elever/.test(text)).length, 0);
  });

  it('can be asked of the audit: every line about the pupil, in order, without a name of theirs', async () => {
    await appointEva();
    await say('Eva Ek', eva, 'nådde inte Elev0 Exempel');
    await say('Eva Ek', eva, 'ångra');
    await say('Anna Berg', THREAD, 'kontaktad Elev1 Exempel');
    await app.until('10:00');
    await app.until('10:01');

    const lines = await readAuditOfPupil(app.storage.db, pupilId(0));

    const actions = lines.map(({ action }) => action);
    assert.deepEqual(
      actions.filter((action) => action !== 'followUp.opened'),
      ['contactPerson.appointed', 'followUp.notReached', 'followUp.undone', 'reminder.sent'],
    );
    assert.doesNotMatch(JSON.stringify(lines), /Elev0/);
    assert.ok(lines.every(({ schoolId }) => schoolId === 'norr'));
  });

  it('is whoever stands in from the first day to the last', async () => {
    assert.match(
      await say('Anna Berg', anna, 'vikarie Bo Ek 24/11-25/11'),
      /^Bo Ek vikarierar för Anna Berg från/,
    );
    await app.until('10:00');
    await app.until('10:01');
    for (const time of ['08:45', '10:00', '10:01']) await app.until(time, TUESDAY);

    assert.equal(textsIn(app, anna).filter((text) => /Påminnelse/.test(text)).length, 1);
    assert.equal(textsIn(app, bo).filter((text) => /Påminnelse: 2 elever/.test(text)).length, 1);
    assert.match(await say('Anna Berg', anna, 'avsluta vikarie'), /har ingen vikarie längre/);
  });

  it('is not anybody for the asking: stand-ins of others are the coordinator’s, and a channel whoever may bind it', async () => {
    const lunch: TeamsPlace = { id: '19:new@thread.tacv2', kind: 'channel', teamId: '19:team' };

    assert.match(
      await say('Anna Berg', anna, 'vikarie för Bo Ek: Eva Ek 24/11'),
      /kan bara närvarokoordinatorn eller rektor göra/,
    );
    assert.match(await say('Anna Berg', lunch, 'koppla 7A'), /En kanal kan kopplas av/);
    assert.match(await say('Karin Koord', personal('Karin Koord'), 'koppla 7A'), /Skriv det i kanalen/);
    assert.match(await say('Karin Koord', lunch, 'koppla 9Z'), /ingen mentorsgrupp som heter 9Z/);
    assert.match(await say('Karin Koord', lunch, 'koppla eht 7A'), /EHT:s konversation kan inte/);
    assert.match(await say('Karin Koord', lunch, 'koppla 7A'), /^Kopplat: 7A \(Norrskolan\)/);
    assert.match(await say('Karin Koord', lunch, 'koppla bort'), /inte längre kopplad/);
  });
});
