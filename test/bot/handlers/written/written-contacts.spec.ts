import assert from 'node:assert/strict';
import { personal } from '../../../journeys/personal.ts';
import { startTestApp, type TestApp } from '../../../support/app.ts';
import { cardOf, textsOf } from '../../../support/card-text.ts';
import { mentors, messagesIn, textsIn } from '../../../support/morning-cards.ts';
import { pupilId } from '../../../support/small-school.ts';
import { cardIn, tap } from '../../../support/taps.ts';

const THREAD = mentors(0);
const anna = personal('Anna Berg');

/** Each is of a pupil of its own, so that one app is enough. */
describe('what is written of a contact', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp({ groups: 1, perGroup: 80 });
    app.school.marks = (pupil) => (pupil < 10 ? 'missing' : 'here');
    await app.until('08:45');
    app.user('Anna Berg');
  });
  after(() => app.close());

  async function say(text: string): Promise<string> {
    await app.user('Anna Berg').write(anna, text);
    return textsIn(app, anna).at(-1) ?? assert.fail('no answer');
  }
  const contactOf = async (pupil: number) =>
    await app.storage.db
      .selectFrom('contact')
      .select(['outcome', 'method', 'counterpart'])
      .where('pupilId', '=', pupilId(pupil))
      .executeTakeFirst();

  const cases = [
    [0, 'kontaktad Elev0', 'reached', null, null],
    [2, 'ringde mamma till Elev2', 'reached', 'phone', 'guardian'],
    [3, 'nådde inte Elev3', 'notReached', null, null],
    [4, 'nådde inte Elev4 på telefon', 'notReached', 'phone', null],
    [5, 'nådde inte mamma till Elev5', 'notReached', null, 'guardian'],
    [6, 'called Elev6 but no answer', 'notReached', 'phone', null],
  ] as const;
  for (const [pupil, text, outcome, method, counterpart] of cases) {
    it(`is kept with how and with whom, as far as it was said: ${text}`, async () => {
      const answer = await say(text);

      assert.match(answer, /^Sparat/);
      assert.deepEqual(await contactOf(pupil), { outcome, method, counterpart });
    });
  }

  it('is kept the same where it has to be asked who is meant', async () => {
    const asked = await say('nådde inte pappa till Exempel på telefon');
    const card = cardIn(app, anna);

    await tap(
      app.user('Anna Berg'),
      anna,
      card,
      textsOf(card.card).find((title) => /^Elev(1|7|8) /.test(title)) ?? '',
    );

    assert.match(asked, /^Vem nådde du inte\?/);
    const [contact] = await app.storage.db
      .selectFrom('contact')
      .select(['outcome', 'method', 'counterpart'])
      .where('pupilId', 'in', [1, 7, 8].map(pupilId))
      .execute();
    assert.deepEqual(contact, { outcome: 'notReached', method: 'phone', counterpart: 'guardian' });
  });

  it('shows on the group’s card, for everybody', async () => {
    await say('kontaktad Elev9');
    await app.settled();

    const [card] = messagesIn(app, THREAD);
    assert.match(
      textsOf(cardOf(card?.activity ?? assert.fail())).join('\n'),
      /✓ Elev9 Exempel\nKontaktad av Anna Berg 08:45/,
    );
  });
});
