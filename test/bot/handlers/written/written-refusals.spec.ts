import assert from 'node:assert/strict';
import { personal } from '../../../journeys/personal.ts';
import { startTestApp, type TestApp } from '../../../support/app.ts';
import { coordinator, mentors, textsIn } from '../../../support/morning-cards.ts';
import { pupilId, TENANT } from '../../../support/small-school.ts';
import { ANNA, BO, smallStaff } from '../../../support/small-staff.ts';
import type { TeamsPlace } from '../../../support/teams-user.ts';

const THREAD = mentors(0);
const NEW: TeamsPlace = { id: '19:new@thread.tacv2', kind: 'channel', teamId: '19:team' };

/** Anna is the mentor of 7A and Bo of 8A; Karin is the coordinator, and Sven nobody. */
const staff = smallStaff.map((one) => ({ ...one, groups: one.id === ANNA ? [0] : one.id === BO ? [1] : [] }));

describe('what is written by somebody who may not', () => {
  let app: TestApp;
  let lastRow: number;
  before(async () => {
    app = await startTestApp({ groups: 2, perGroup: 20, withProtected: true });
    app.school.staff = staff;
    // 0 is of 7A, 27 of 8A, and 19 is protected.
    app.school.marks = (pupil) => ([0, 19, 27].includes(pupil) ? 'missing' : 'here');
    await app.until('08:45');
    // Nobody of 8A has a name like hers.
    const ottilia = { givenName: 'Ottilia', familyName: 'Ohlsson' };
    await app.storage.db.updateTable('pupil').set(ottilia).where('id', '=', pupilId(1)).execute();
    await say('Karin Koord', coordinator, 'kontaktad Elev0');
  });
  beforeEach(async () => {
    const { id } = await app.storage.db
      .selectFrom('audit')
      .select('id')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    lastRow = id;
  });
  after(() => app.close());

  async function say(name: string, place: TeamsPlace, text: string): Promise<string> {
    await app.user(name).write(place, text);
    return textsIn(app, place).at(-1) ?? assert.fail('no answer');
  }
  /** What has been put down since the test began. */
  async function audited() {
    return await app.storage.db
      .selectFrom('audit')
      .select(['action', 'actorId', 'objectId', 'conversationId', 'details'])
      .where('id', '>', lastRow)
      .orderBy('id')
      .execute();
  }

  const refused: readonly (readonly [string, TeamsPlace, string, string, string])[] = [
    ['Anna Berg', THREAD, 'kontaktperson Elev0 Exempel: Eva Ek', 'contactPerson', 'notCoordinator'],
    ['Anna Berg', THREAD, 'ta bort kontaktperson Elev0 Exempel', 'endContactPerson', 'notCoordinator'],
    ['Anna Berg', THREAD, 'påminn alla', 'remindAll', 'notCoordinator'],
    ['Anna Berg', NEW, 'koppla 7A', 'bind', 'notCoordinator'],
    ['Anna Berg', NEW, 'koppla bort', 'unbind', 'notCoordinator'],
    ['Anna Berg', THREAD, 'vikarie för Bo Ek: Eva Ek', 'standIn', 'notCoordinator'],
    ['Anna Berg', THREAD, 'avsluta vikarie för Bo Ek', 'endStandIn', 'notCoordinator'],
    ['Anna Berg', THREAD, 'ångra Elev0', 'undo', 'notYours'],
    ['Eva Ek', THREAD, 'kontaktad Elev0 Exempel', 'contacted', 'notAllowed'],
    ['Bo Ek', THREAD, 'nådde inte Ottilia Ohlsson', 'notReached', 'notAllowed'],
    ['Bo Ek', THREAD, 'kontaktperson Ottilia Ohlsson', 'contactPerson', 'notAllowed'],
    ['Sven Sund', THREAD, 'kontaktad Elev0 Exempel', 'contacted', 'notStaff'],
    ['Sven Sund', THREAD, 'mina elever', 'mine', 'notStaff'],
    ['Sven Sund', personal('Sven Sund'), 'mina elever', 'mine', 'notStaff'],
    ['Sven Sund', NEW, 'koppla 7A', 'bind', 'notStaff'],
  ];
  for (const [name, place, text, command, code] of refused) {
    it(`is put down, without the names in it: "${text}" of ${name} in ${place.id}`, async () => {
      await say(name, place, text);

      assert.deepEqual(await audited(), [
        {
          action: 'press.refused',
          actorId: `entra-${name}`,
          objectId: `written.${command}`,
          conversationId: place.id,
          details: { code },
        },
      ]);
    });
  }

  it('is put down as a guest’s where it is one’s', async () => {
    const member = { tenantId: TENANT, userRole: 'guest' };
    const known = { id: '29:Gäst', name: 'Gäst', aadObjectId: 'entra-Gäst', ...member };
    app.connector.script((call) =>
      call.op === 'member' ? { kind: 'status', status: 200, body: known } : undefined,
    );

    await say('Gäst', THREAD, 'mina elever');

    assert.deepEqual(
      (await audited()).map(({ objectId, details }) => [objectId, details]),
      [['written.mine', { code: 'guest' }]],
    );
  });

  const allowed: readonly (readonly [string, string])[] = [
    ['Anna Berg', 'kontaktad Kalle Anka'],
    ['Anna Berg', 'kontaktad Hemlig Skyddsson'],
    ['Anna Berg', 'kontaktperson Elev0 Exempel'],
    ['Karin Koord', 'mina elever'],
    ['Sven Sund', 'hjälp'],
  ];
  for (const [name, text] of allowed) {
    it(`is nothing that is refused, and not put down: "${text}" of ${name}`, async () => {
      await say(name, THREAD, text);

      assert.deepEqual(await audited(), []);
    });
  }
});
