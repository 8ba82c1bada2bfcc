import assert from 'node:assert/strict';
import { NOTICE } from '../../services/follow-up/follow-up-posts.ts';
import { tellOnce } from '../../services/follow-up/notices.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { coordinator, mentors, press, textsIn } from '../support/morning-cards.ts';
import { clockTime, MONDAY, pupilId } from '../support/small-school.ts';
import { EVA } from '../support/small-staff.ts';
import { personal } from './personal.ts';

const TUESDAY = '2026-11-24';
/** Whose contact person is Eva Ek, and who is protected from Tuesday on. */
const LATER = 1;

describe('a pupil who is protected after a day of follow-up', () => {
  let app: TestApp;

  beforeEach(async () => {
    app = await startTestApp({ groups: 1, perGroup: 20 });
    app.school.marks = (pupil) => ([0, LATER].includes(pupil) ? 'missing' : 'here');
    await app.run('roster');
    for (const name of ['Anna Berg', 'Eva Ek', 'Karin Koord'])
      await app.user(name).write(personal(name), 'hej');
    await app.user('Karin Koord').write(coordinator, `kontaktperson Elev${LATER} Exempel: Eva Ek`);
    for (const time of ['08:45', '08:46', '10:00', '10:01', '12:00', '12:01', '15:00', '15:01'])
      await app.until(time);
  });
  afterEach(() => app.close());

  const places = () => [mentors(0), coordinator, personal('Anna Berg'), personal('Eva Ek')];
  const cards = () => places().flatMap((place) => app.connector.messages().filter(isCardIn(place.id)));
  const isCardIn =
    (id: string) => (message: { readonly conversationId: string; readonly activity: object }) =>
      message.conversationId === id && 'attachments' in message.activity;
  const naming = () => cards().filter(({ activity }) => JSON.stringify(activity).includes(`Elev${LATER} `));

  it('keeps a name in no card that was sent, whatever it was sent for', async () => {
    assert.ok(naming().length >= 5, 'there is too little to take away');
    app.school.isProtected = (pupil) => pupil === LATER;

    await app.until('05:30', TUESDAY);

    assert.deepEqual(naming(), []);
    assert.match(
      textsIn(app, personal('Eva Ek')).join('\n'),
      /ett ärende som nu hanteras enligt särskild rutin/,
    );
  });

  it('is taken out of what somebody works in, too', async () => {
    await press(app, app.user('Eva Ek'), personal('Eva Ek'));
    app.school.isProtected = (pupil) => pupil === LATER;

    await app.until('05:30', TUESDAY);

    assert.deepEqual(naming(), []);
  });

  it('keeps it in no answer either: those that name the pupil are deleted, and no others', async () => {
    await app.user('Anna Berg').write(personal('Anna Berg'), 'mina elever');
    await app.user('Anna Berg').write(personal('Anna Berg'), `kontaktad Elev${LATER} Exempel`);
    await app.user('Anna Berg').write(personal('Anna Berg'), 'kontaktad Elev0 Exempel');
    const answers = () =>
      app.connector
        .messages()
        .filter(
          ({ activity, deletedAt }) =>
            deletedAt === undefined && JSON.stringify(activity).includes(`Elev${LATER} `),
        );
    const others = () => textsIn(app, personal('Anna Berg')).filter((text) => /Sparat: .*Elev0/.test(text));
    assert.ok(answers().length > naming().length, 'no answer names the pupil in writing');
    app.school.isProtected = (pupil) => pupil === LATER;

    await app.until('05:30', TUESDAY);
    await app.connector.until(() => answers().length === 0);

    assert.equal(others().length, 1);
  });

  it('is told of to nobody who had not been told', async () => {
    const before = textsIn(app, personal('Eva Ek')).length;
    await tellOnce(app.storage.db, {
      kind: 'corrected',
      subject: 'one',
      staffId: EVA,
      schoolId: 'norr',
      day: MONDAY,
      details: { pupil: pupilId(LATER) },
      at: clockTime('16:00'),
    });
    app.school.isProtected = (pupil) => pupil === LATER;
    await app.until('05:30', TUESDAY);

    await app.until('07:31', TUESDAY);
    await app.until('07:32', TUESDAY);

    assert.equal(textsIn(app, personal('Eva Ek')).length, before);
    const [post] = await app.storage.db
      .selectFrom('post')
      .select('activityId')
      .where('purpose', '=', NOTICE)
      .orderBy('createdAt', 'desc')
      .execute();
    assert.equal(post?.activityId, null);
  });
});
