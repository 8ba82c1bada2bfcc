import assert from 'node:assert/strict';
import { routinesFrom } from '../services/routine/routines.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { cardOf, textsOf } from '../support/card-text.ts';
import { coordinator, mentors, messagesIn } from '../support/morning-cards.ts';
import { clockTime, MONDAY, PROTECTED_NAME, pupilId } from '../support/small-school.ts';
import { EVA, emailOf, KARIN } from '../support/small-staff.ts';
import type { TeamsPlace } from '../support/teams-user.ts';
import { absentDays } from './absent-days.ts';
import { personal } from './personal.ts';

const KARINS = personal('Karin Koord');
const ON = `pupils:norr/${MONDAY}:0`;
/** Of Elev0 to Elev4 in 7A and Elev5 to Elev9 in 8A; Elev4 is protected. */
const PROTECTED = 4;
const ABSENCE = [30, 15, 0, 0, 25, 12, 0, 0, 0, 0];

describe('the coordinator’s view', function () {
  this.timeout(60_000);
  let app: TestApp;

  before(async () => {
    app = await startTestApp({
      groups: 2,
      perGroup: 5,
      withProtected: true,
      municipality: { roles: { mobileSchoolTeam: [emailOf('Moa Team')] } },
      parts: { routines: routinesFrom() },
    });
    await app.run('roster');
    await app.storage.db
      .insertInto('daySum')
      .values(ABSENCE.flatMap((percent, pupil) => absentDays(percent, pupil)))
      .execute();
    await app.storage.db
      .insertInto('contactPerson')
      .values({
        pupilId: pupilId(1),
        schoolId: 'norr',
        staffId: EVA,
        since: clockTime('08:00'),
        appointedById: KARIN,
        appointedByName: 'Karin Koord',
      })
      .execute();
    app.school.days = [];
    app.clock.set('17:05');
    await app.run('dayClose');
  });
  after(() => app.close());

  describe('the list', () => {
    it('tells the coordinator of the pupils by level, the gravest first, with percent, window and contact person', async () => {
      const texts = textsOf(await shown('Karin Koord', 'elever'));

      assert.equal(texts[0], 'Norrskolan: 4 elever i närvarorutinen');
      const at = (text: string) => texts.findIndex((one) => one.startsWith(text));
      assert.ok(at('Utredning') < at('Elev0 Exempel') && at('Elev0 Exempel') < at('Ser över'));
      assert.ok(
        texts.includes(
          '7A · 30\u00a0% frånvaro de senaste fyra veckorna · väntar på beslut · ingen kontaktperson',
        ),
      );
      assert.ok(
        texts.some((text) => text.endsWith('kontaktperson Eva Ek')),
        texts.join('\n'),
      );
    });

    it('tells the coordinator of a protected pupil by a reference, and the mobile school team by a number', async () => {
      const reference = pupilId(PROTECTED).replaceAll('-', '').slice(0, 8).toUpperCase();

      const own = textsOf(await shown('Karin Koord', 'elever'));
      const team = textsOf(await shown('Moa Team', 'elever'));

      assert.ok(own.includes(`Elev med skyddade uppgifter, ref. ${reference}`), own.join('\n'));
      assert.ok(team.includes('1 ärende hanteras enligt särskild rutin.'), team.join('\n'));
      assert.ok(!team.join('\n').includes(reference));
      assert.ok(!own.concat(team).join('\n').includes(PROTECTED_NAME));
    });

    const filters: readonly (readonly [string, readonly string[]])[] = [
      ['elever 7A', ['Elev0 Exempel', 'Elev1 Exempel']],
      ['elever 8 a', ['Elev5 Exempel']],
      ['elever åk 8', ['Elev0 Exempel', 'Elev1 Exempel', 'Elev5 Exempel']],
      ['elever åk 9', []],
      ['elever utan kontaktperson', ['Elev0 Exempel', 'Elev5 Exempel']],
      ['elever 7A utan kontaktperson', ['Elev0 Exempel']],
      ['elever utredning', ['Elev0 Exempel']],
      ['pupils without contact person, Ser över', ['Elev5 Exempel']],
      ['elever försenade', []],
    ];
    for (const [said, expected] of filters) {
      it(`is narrowed by what is written: ${said}`, async () => {
        const texts = textsOf(await shown('Karin Koord', said));

        assert.deepEqual(texts.filter((text) => /^Elev\d/.test(text)).toSorted(), expected);
      });
    }

    it('is narrowed by what is chosen on the card', async () => {
      const chosen = { on: ON, level: 'notice', grade: 'all', group: '7A', metric: 'all', only: '' };

      const response = await app.user('Karin Koord').pressExecute(KARINS, 'm1', 'pupils.show', chosen);

      const texts = textsOf((response.body as { value: object }).value);
      assert.deepEqual(
        texts.filter((text) => /^Elev\d/.test(text)),
        ['Elev1 Exempel'],
      );
      assert.ok(texts.includes('Visar Ser över · 7A'), texts.join('\n'));
    });

    it('says what it did not understand', async () => {
      assert.match(await told('Karin Koord', KARINS, 'elever blåbär'), /^Jag förstod inte blåbär\./);
    });

    it('is not for mentors: they are told so, and it is put down', async () => {
      const answer = await told('Anna Berg', personal('Anna Berg'), 'elever');
      const pressed = await app
        .user('Anna Berg')
        .pressExecute(personal('Anna Berg'), 'm1', 'pupils.show', { on: ON });

      assert.match(answer, /^Listan är för närvarokoordinatorn, rektor/);
      assert.match(
        String((pressed.body as { value: unknown }).value),
        /bara närvarokoordinatorn eller rektor/,
      );
      const refusals = await auditOf('press.refused');
      assert.equal(refusals.filter(({ objectId }) => objectId === 'pupils.show').length, 2);
    });

    it('is not shown where others read along', async () => {
      assert.match(await told('Karin Koord', mentors(0), 'elever'), /^Skriv det till mig i vår egen chatt/);
      const inChannel = await app
        .user('Karin Koord')
        .pressSubmit(mentors(0), 'm1', 'pupils.show', { on: ON });
      assert.equal(inChannel.status, 200);
      assert.match(lastText(mentors(0)), /^Skriv det till mig i vår egen chatt/);
    });

    it('is shown in the coordinator’s channel', async () => {
      assert.match(
        textsOf(await shown('Karin Koord', 'elever', coordinator)).join('\n'),
        /4 elever i närvarorutinen/,
      );
    });
  });

  describe('a pupil’s page', () => {
    it('opens in a dialog for the coordinator, and each opening is put down', async () => {
      const before = (await auditOf('pupil.viewed')).length;

      const response = await open('Karin Koord', KARINS, pupilId(0));

      const { task } = response.body as {
        task: { type: string; value: { title: string; card: { content: object } } };
      };
      assert.equal(task.type, 'continue');
      assert.equal(task.value.title, 'Elev0 Exempel');
      const texts = textsOf(task.value.card.content);
      assert.ok(texts.includes('Elev0 Exempel · 7A'), texts.join('\n'));
      assert.ok(
        texts.some((text) => /^30\s% frånvaro: giltig 30\s%, ogiltig 0\s%/.test(text)),
        texts.join('\n'),
      );
      assert.ok(
        texts.some((text) => /^Utredning från mån 23\/11: väntar på beslut/.test(text)),
        texts.join('\n'),
      );
      const viewed = await auditOf('pupil.viewed');
      assert.equal(viewed.length, before + 1);
      assert.deepEqual(viewed.at(-1), {
        action: 'pupil.viewed',
        actorId: 'entra-Karin Koord',
        objectId: pupilId(0),
        schoolId: 'norr',
        conversationId: KARINS.id,
        details: { pupil: pupilId(0) },
      });
    });

    it('comes as a card of its own where the client opens no dialog, and in no channel', async () => {
      await app.user('Karin Koord').pressSubmit(KARINS, 'm1', 'pupil.open', { pupil: pupilId(0), on: ON });
      const own = textsOf(cardOf(messagesIn(app, KARINS).at(-1)?.activity ?? {}));
      await app
        .user('Karin Koord')
        .pressSubmit(coordinator, 'm1', 'pupil.open', { pupil: pupilId(0), on: ON });

      assert.ok(own.includes('Elev0 Exempel · 7A'));
      assert.match(lastText(coordinator), /^Skriv \*\*elev\*\* och namnet till mig/);
    });

    it('opens by what is written in one’s own chat, for a mentor of their own pupils', async () => {
      const texts = textsOf(await shown('Anna Berg', 'elev Elev1'));

      assert.ok(texts.includes('Elev1 Exempel · 7A'), texts.join('\n'));
      assert.equal((await auditOf('pupil.viewed')).at(-1)?.actorId, 'entra-Anna Berg');
    });

    it('is told in no channel by what is written', async () => {
      assert.match(await told('Karin Koord', coordinator, 'elev Elev1'), /^Skriv \*\*elev\*\* och namnet/);
    });

    it('does not open for somebody on the staff whose pupil it is not: refused kindly, and put down', async () => {
      const viewed = (await auditOf('pupil.viewed')).length;

      const response = await open('Eva Ek', personal('Eva Ek'), pupilId(0));
      const written = textsOf(await shown('Eva Ek', 'elev Elev0'));

      assert.deepEqual((response.body as { task: { type: string } }).task.type, 'message');
      assert.match(
        String((response.body as { task: { value: string } }).task.value),
        /^Det här kan bara den göra/,
      );
      // A guess among those who are hers, and nobody else.
      assert.deepEqual(written, ['Vem menar du?', 'Elev1 Exempel']);
      const last = (await auditOf('press.refused')).at(-1);
      assert.deepEqual([last?.actorId, last?.objectId], ['entra-Eva Ek', 'pupil.open']);
      assert.equal((await auditOf('pupil.viewed')).length, viewed);
    });

    it('opens for the contact person', async () => {
      const response = await open('Eva Ek', personal('Eva Ek'), pupilId(1));

      assert.equal((response.body as { task: { type: string } }).task.type, 'continue');
    });

    it('is there for no protected pupil, whoever asks', async () => {
      const response = await open('Karin Koord', KARINS, pupilId(PROTECTED));

      assert.deepEqual(response.body, { task: { type: 'message', value: 'Eleven har ingen sida här.' } });
    });

    it('is there for nobody who is not at the school of the list', async () => {
      const response = await open('Karin Koord', KARINS, 'nobody');

      assert.deepEqual(response.body, { task: { type: 'message', value: 'Eleven har ingen sida här.' } });
    });

    it('asks whom a name means where it may be several', async () => {
      const card = await shown('Karin Koord', 'elev Exempel');

      assert.equal(textsOf(card)[0], 'Vem menar du?');
      assert.ok(!textsOf(card).join('\n').includes('Elev4'));
    });
  });

  it('leaves no name in the log or the audit', async () => {
    const audit = JSON.stringify(
      await app.storage.db.selectFrom('audit').select(['objectId', 'details']).execute(),
    );

    assert.doesNotMatch(audit, /Exempel/);
    assert.doesNotMatch(app.log.join(''), /Exempel/);
  });

  async function shown(name: string, said: string, place: TeamsPlace = personal(name)): Promise<object> {
    const response = await app.user(name).write(place, said);
    assert.equal(response.status, 200);
    return cardOf(messagesIn(app, place).at(-1)?.activity ?? {});
  }

  async function told(name: string, place: TeamsPlace, said: string): Promise<string> {
    await app.user(name).write(place, said);
    return lastText(place);
  }

  function lastText(place: TeamsPlace): string {
    return String(messagesIn(app, place).at(-1)?.activity.text);
  }

  async function open(name: string, place: TeamsPlace, pupil: string) {
    const data = { msteams: { type: 'task/fetch' }, verb: 'pupil.open', pupil, on: ON };
    return await app.user(name).send(place, {
      type: 'invoke',
      name: 'task/fetch',
      replyToId: 'm1',
      value: { data, context: { theme: 'default' } },
    });
  }

  async function auditOf(action: string) {
    return await app.storage.db
      .selectFrom('audit')
      .select(['action', 'actorId', 'objectId', 'schoolId', 'conversationId', 'details'])
      .where('action', '=', action)
      .orderBy('id')
      .execute();
  }
});
