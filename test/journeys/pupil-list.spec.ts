import assert from 'node:assert/strict';
import { textsOf } from '../support/card-text.ts';
import { coordinator, mentors } from '../support/morning-cards.ts';
import { pupilId } from '../support/small-school.ts';
import { personal } from './personal.ts';
import { KARINS, LIST, PROTECTED, type PupilsApp, startPupilsApp } from './pupils-school.ts';

describe('the coordinator’s list of pupils', function () {
  this.timeout(60_000);
  let app: PupilsApp;

  before(async () => {
    app = await startPupilsApp();
  });
  after(() => app.close());

  it('tells the coordinator of the pupils by level, the gravest first, with percent, window and contact person', async () => {
    const texts = textsOf(await app.shown('Karin Koord', 'elever'));

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

    const own = textsOf(await app.shown('Karin Koord', 'elever'));
    const team = textsOf(await app.shown('Moa Team', 'elever'));

    assert.ok(own.includes(`Elev med skyddade uppgifter, ref. ${reference}`), own.join('\n'));
    assert.ok(team.includes('1 ärende hanteras enligt särskild rutin.'), team.join('\n'));
    assert.ok(!team.join('\n').includes(reference));
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
      const texts = textsOf(await app.shown('Karin Koord', said));

      assert.deepEqual(texts.filter((text) => /^Elev\d/.test(text)).toSorted(), expected);
    });
  }

  it('is narrowed by what is chosen on the card', async () => {
    const chosen = { on: LIST, level: 'notice', grade: 'all', group: '7A', metric: 'all', only: '' };

    const response = await app.user('Karin Koord').pressExecute(KARINS, 'm1', 'pupils.show', chosen);

    const texts = textsOf((response.body as { value: object }).value);
    assert.deepEqual(
      texts.filter((text) => /^Elev\d/.test(text)),
      ['Elev1 Exempel'],
    );
    assert.ok(texts.includes('Visar Ser över · 7A'), texts.join('\n'));
  });

  it('says what it did not understand', async () => {
    assert.match(await app.told('Karin Koord', KARINS, 'elever blåbär'), /^Jag förstod inte blåbär\./);
  });

  it('is not for mentors: they are told so, and it is put down', async () => {
    const answer = await app.told('Anna Berg', personal('Anna Berg'), 'elever');
    const pressed = await app
      .user('Anna Berg')
      .pressExecute(personal('Anna Berg'), 'm1', 'pupils.show', { on: LIST });

    assert.match(answer, /^Listan är för närvarokoordinatorn, rektor/);
    assert.match(String((pressed.body as { value: unknown }).value), /bara närvarokoordinatorn eller rektor/);
    const refusals = await app.auditOf('press.refused');
    assert.equal(refusals.filter(({ objectId }) => objectId === 'pupils.show').length, 2);
  });

  it('is not shown where others read along', async () => {
    assert.match(await app.told('Karin Koord', mentors(0), 'elever'), /^Skriv det till mig i vår egen chatt/);
    const inChannel = await app
      .user('Karin Koord')
      .pressSubmit(mentors(0), 'm1', 'pupils.show', { on: LIST });
    assert.equal(inChannel.status, 200);
    assert.match(app.lastText(mentors(0)), /^Skriv det till mig i vår egen chatt/);
  });

  it('is shown in the coordinator’s channel', async () => {
    assert.match(
      textsOf(await app.shown('Karin Koord', 'elever', coordinator)).join('\n'),
      /4 elever i närvarorutinen/,
    );
  });

  it('leaves no name in the log or the audit', async () => {
    assert.doesNotMatch(await app.kept(), /Exempel/);
  });
});
