import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../../../support/app.ts';
import { coordinator, textsIn } from '../../../support/morning-cards.ts';
import { clockTime, MONDAY } from '../../../support/small-school.ts';
import { emailOf, KARIN } from '../../../support/small-staff.ts';
import { twoSchools } from './two-schools.ts';

/** A mentor at Söder. */
const SVEN = 'staff Sven';

describe('a stand-in for somebody at another school', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp({ groups: 1, perGroup: 20, municipality: { schools: twoSchools } });
    await app.until('08:45');
    await seedOtherSchool(app);
  });
  after(() => app.close());

  async function say(name: string, text: string): Promise<string> {
    await app.user(name).write(coordinator, text);
    return textsIn(app, coordinator).at(-1) ?? assert.fail('no answer');
  }
  const responsible = async () =>
    (await app.storage.db.selectFrom('followUp').select('responsibleStaffId').execute()).map(
      ({ responsibleStaffId }) => responsibleStaffId,
    );
  const standIns = async () =>
    await app.storage.db.selectFrom('standIn').select('id').where('endedAt', 'is', null).execute();

  it('is not for the coordinator of one school to name, nor to end', async () => {
    const named = await say('Karin Koord', 'vikarie för Sven Sund: Karin Koord');
    const lasting = await standIns();
    await say('Rita Rektor', 'vikarie för Sven Sund: Eva Ek');

    const ended = await say('Karin Koord', 'avsluta vikarie för Sven Sund');

    assert.match(named, /kan bara närvarokoordinatorn eller rektor göra/);
    assert.deepEqual(lasting, []);
    assert.match(ended, /kan bara närvarokoordinatorn eller rektor göra/);
    assert.equal((await standIns()).length, 1);
  });

  it('is for whoever has the right at every school where pupils come along, and those are put down', async () => {
    const named = await say('Rita Rektor', 'vikarie för Sven Sund: Karin Koord');

    const { schoolId, details } = await app.storage.db
      .selectFrom('audit')
      .select(['schoolId', 'details'])
      .where('action', '=', 'standIn.appointed')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    assert.match(named, /^Karin Koord vikarierar för Sven Sund/);
    assert.deepEqual(await responsible(), [KARIN]);
    assert.equal(schoolId, 'norr');
    assert.deepEqual((details as { readonly schools?: unknown }).schools, ['soder']);
  });
});

/** Sven's group and its only pupil, who is missing today. */
async function seedOtherSchool({ storage: { db } }: TestApp): Promise<void> {
  const at = { schoolId: 'soder', removedAt: null };
  await db
    .insertInto('staff')
    .values({
      id: SVEN,
      givenName: 'Sven',
      familyName: 'Sund',
      email: emailOf('Sven Sund'),
      principalName: null,
      entraId: null,
      removedAt: null,
    })
    .execute();
  await db
    .insertInto('schoolGroup')
    .values({ id: 'group 9Z', kind: 'mentor', name: '9Z', ...at })
    .execute();
  await db
    .insertInto('pupil')
    .values({
      id: 'pupil 9Z',
      givenName: 'Frida',
      familyName: 'Främmande',
      grade: 9,
      isProtected: false,
      ...at,
    })
    .execute();
  await db.insertInto('groupMember').values({ groupId: 'group 9Z', pupilId: 'pupil 9Z' }).execute();
  await db.insertInto('groupMentor').values({ groupId: 'group 9Z', staffId: SVEN }).execute();
  const due = clockTime('10:00');
  await db
    .insertInto('followUp')
    .values({
      pupilId: 'pupil 9Z',
      schoolId: 'soder',
      groupId: 'group 9Z',
      day: MONDAY,
      reason: 'unreportedAbsence',
      state: 'open',
      responsibleStaffId: SVEN,
      responsibleRole: 'mentor',
      openedAt: clockTime('08:45'),
      dueAt: due,
      firstDueAt: due,
    })
    .execute();
}
