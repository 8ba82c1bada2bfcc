import assert from 'node:assert/strict';
import { systemClock } from '../../services/clock.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { forEachEngine } from '../support/databases.ts';
import { mentors, shownIn } from '../support/morning-cards.ts';
import { pupilId } from '../support/small-school.ts';
import { ask, type CardInHand, cardIn, inHand, tap } from '../support/taps.ts';

forEachEngine('what a card has opened for somebody', (engine) => {
  let app: TestApp;
  const shown = () => shownIn(app, mentors(0)).texts;
  /** What was sent to change a card after so many requests. */
  const updatesOf = ({ messageId }: CardInHand, sent: number) =>
    app.connector
      .requests()
      .slice(sent)
      .filter(({ op, activityId }) => op === 'update' && activityId === messageId);

  beforeEach(async () => {
    app = await startTestApp({ engine, groups: 3, perGroup: 12 });
    app.school.marks = (pupil) => (pupil < 2 ? 'missing' : 'here');
    await app.until('08:45');
  });
  afterEach(() => app.close());

  it('is not taken from them by an update, which comes when they are done', async () => {
    const anna = app.user('Anna Berg');
    const panel = await ask(app, anna, mentors(0), pupilId(0));
    app.school.marks = (pupil) => (pupil < 3 ? 'missing' : 'here');

    await app.until('10:00');
    const meanwhile = shown();
    await tap(anna, mentors(0), panel, 'Telefon');
    await app.settled();

    assert.match(meanwhile, /Läget 08:45/);
    assert.match(shown(), /Läget 10:00/);
    assert.match(shown(), /Kontaktad av Anna Berg 10:00/);
  });

  it('is not taken by what they did just before', async () => {
    const anna = app.user('Anna Berg');
    const hand = cardIn(app, mentors(0));
    const first = await ask(app, anna, mentors(0), pupilId(0));
    const sent = app.connector.requests().length;

    const answered = inHand(await tap(anna, mentors(0), first, 'Telefon'), hand);
    const second = await tap(anna, mentors(0), answered, 'Kontaktad');
    await app.settled();
    const between = updatesOf(hand, sent);
    await tap(anna, mentors(0), inHand(second, hand), 'SMS');
    await app.settled();

    assert.deepEqual(between, []);
    assert.equal([...shown().matchAll(/Kontaktad av Anna Berg/g)].length, 2);
  });

  it('is not taken from one of two by the other, who is done first', async () => {
    const [anna, bo] = [app.user('Anna Berg'), app.user('Bo Ek')];
    const annas = await ask(app, anna, mentors(0), pupilId(0));
    const bos = await ask(app, bo, mentors(0), pupilId(1));
    const sent = app.connector.requests().length;

    await tap(anna, mentors(0), annas, 'Telefon');
    await app.settled();
    const between = updatesOf(bos, sent);
    await tap(bo, mentors(0), bos, 'SMS');
    await app.settled();

    assert.deepEqual(between, []);
    assert.match(shown(), /Kontaktad av Anna Berg/);
    assert.match(shown(), /Kontaktad av Bo Ek/);
  });

  it('is given up by whoever goes back, and by nobody else', async () => {
    const [anna, bo] = [app.user('Anna Berg'), app.user('Bo Ek')];
    const panel = await ask(app, anna, mentors(0), pupilId(0));
    app.school.marks = (pupil) => (pupil < 3 ? 'missing' : 'here');
    await app.until('10:00');

    await tap(bo, mentors(0), panel, 'Tillbaka');
    await app.settled();
    const meanwhile = shown();
    await tap(anna, mentors(0), panel, 'Tillbaka');
    await app.settled();

    assert.match(meanwhile, /Läget 08:45/);
    assert.match(shown(), /Läget 10:00/);
  });

  it('is taken from them where the card names somebody who is protected from now on', async () => {
    await ask(app, app.user('Anna Berg'), mentors(0), pupilId(0));
    assert.match(shown(), /Elev1 /);
    app.school.isProtected = (pupil) => pupil === 1;

    await app.run('roster');

    assert.doesNotMatch(shown(), /Elev1 /);
  });

  it('is kept for twenty seconds where nobody comes back', async () => {
    const before = Date.now();

    await ask(app, app.user('Anna Berg'), mentors(0), pupilId(0));

    const { actorId, until } = await app.storage.db
      .selectFrom('postHold')
      .selectAll()
      .executeTakeFirstOrThrow();
    assert.equal(actorId, 'entra-Anna Berg');
    assert.ok(until.epochMilliseconds >= before + 20_000);
    assert.ok(until.epochMilliseconds <= Date.now() + 20_000);
  });

  it('lets the card follow again after that while', async () => {
    await ask(app, app.user('Anna Berg'), mentors(0), pupilId(0));
    app.school.marks = (pupil) => (pupil < 3 ? 'missing' : 'here');
    await app.until('10:00');
    const meanwhile = shown();

    await app.storage.db.updateTable('postHold').set({ until: systemClock.now() }).execute();
    await app.sedd.delivered();

    assert.match(meanwhile, /Läget 08:45/);
    assert.match(shown(), /Läget 10:00/);
    const held = await app.storage.db.selectFrom('postHold').select('actorId').execute();
    assert.deepEqual(held, []);
  });
});
