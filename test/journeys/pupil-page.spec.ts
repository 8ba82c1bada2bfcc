import assert from 'node:assert/strict';
import { cardOf, textsOf } from '../support/card-text.ts';
import { coordinator, messagesIn } from '../support/morning-cards.ts';
import { pupilId } from '../support/small-school.ts';
import { personal } from './personal.ts';
import { KARINS, LIST, PROTECTED, type PupilsApp, startPupilsApp } from './pupils-school.ts';

describe('a pupil’s page', function () {
  this.timeout(60_000);
  let app: PupilsApp;

  before(async () => {
    app = await startPupilsApp();
  });
  after(() => app.close());

  it('opens in a dialog for the coordinator, and each opening is put down', async () => {
    const before = (await app.auditOf('pupil.viewed')).length;

    const response = await app.open('Karin Koord', KARINS, pupilId(0));

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
    const viewed = await app.auditOf('pupil.viewed');
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
    await app.user('Karin Koord').pressSubmit(KARINS, 'm1', 'pupil.open', { pupil: pupilId(0), on: LIST });
    const own = textsOf(cardOf(messagesIn(app, KARINS).at(-1)?.activity ?? {}));
    await app
      .user('Karin Koord')
      .pressSubmit(coordinator, 'm1', 'pupil.open', { pupil: pupilId(0), on: LIST });

    assert.ok(own.includes('Elev0 Exempel · 7A'));
    assert.match(app.lastText(coordinator), /^Skriv \*\*elev\*\* och namnet till mig/);
  });

  it('opens by what is written in one’s own chat, for a mentor of their own pupils', async () => {
    const texts = textsOf(await app.shown('Anna Berg', 'elev Elev1'));

    assert.ok(texts.includes('Elev1 Exempel · 7A'), texts.join('\n'));
    assert.equal((await app.auditOf('pupil.viewed')).at(-1)?.actorId, 'entra-Anna Berg');
  });

  it('is told in no channel by what is written', async () => {
    assert.match(await app.told('Karin Koord', coordinator, 'elev Elev1'), /^Skriv \*\*elev\*\* och namnet/);
  });

  it('does not open for somebody on the staff whose pupil it is not: refused kindly, and put down', async () => {
    const viewed = (await app.auditOf('pupil.viewed')).length;

    const response = await app.open('Eva Ek', personal('Eva Ek'), pupilId(0));
    const written = textsOf(await app.shown('Eva Ek', 'elev Elev0'));

    assert.deepEqual((response.body as { task: { type: string } }).task.type, 'message');
    assert.match(
      String((response.body as { task: { value: string } }).task.value),
      /^Det här kan bara göras av den som ansvarar/,
    );
    // A guess among those who are hers, and nobody else.
    assert.deepEqual(written, ['Vem menar du?', 'Elev1 Exempel']);
    const last = (await app.auditOf('press.refused')).at(-1);
    assert.deepEqual([last?.actorId, last?.objectId], ['entra-Eva Ek', 'pupil.open']);
    assert.equal((await app.auditOf('pupil.viewed')).length, viewed);
  });

  it('opens for the contact person', async () => {
    const response = await app.open('Eva Ek', personal('Eva Ek'), pupilId(1));

    assert.equal((response.body as { task: { type: string } }).task.type, 'continue');
  });

  it('is there for no protected pupil, whoever asks', async () => {
    const response = await app.open('Karin Koord', KARINS, pupilId(PROTECTED));

    assert.deepEqual(response.body, { task: { type: 'message', value: 'Eleven har ingen sida här.' } });
  });

  it('is there for nobody who is not at the school of the list', async () => {
    const response = await app.open('Karin Koord', KARINS, 'nobody');

    assert.deepEqual(response.body, { task: { type: 'message', value: 'Eleven har ingen sida här.' } });
  });

  it('asks whom a name means where it may be several', async () => {
    const card = await app.shown('Karin Koord', 'elev Exempel');

    assert.equal(textsOf(card)[0], 'Vem menar du?');
    assert.ok(!textsOf(card).join('\n').includes('Elev4'));
  });

  it('leaves no name in the log or the audit', async () => {
    assert.doesNotMatch(await app.kept(), /Exempel/);
  });
});
