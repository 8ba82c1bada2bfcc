import assert from 'node:assert/strict';
import {
  findTeamsUser,
  personalConversation,
  rememberPersonalConversation,
  rememberTeamsUser,
  type TeamsProfile,
} from '../../../services/people/teams-users.ts';
import type { Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { clockTime } from '../../support/small-school.ts';

const anna: TeamsProfile = {
  entraId: 'entra-anna',
  teamsId: '29:anna',
  tenantId: 'ours',
  name: 'Anna Berg',
  email: 'Anna.Berg@Skola.example',
  principalName: 'anna.berg@kommun.example',
  isGuest: false,
};

interface StaffCase {
  readonly id?: string;
  readonly email?: string | null;
  readonly principalName?: string | null;
  readonly entraId?: string | null;
  readonly hasLeft?: boolean;
}

forEachEngine('who somebody in Teams is', (engine) => {
  let storage: Storage;

  beforeEach(async () => {
    storage = await engine.open();
  });
  afterEach(() => storage.close());

  const cases: readonly (readonly [string, readonly StaffCase[], Partial<TeamsProfile>, string | null])[] = [
    ['by the e-mail address, however it is spelt', [{ email: 'ANNA.berg@skola.example' }], {}, 'anna'],
    ['by the sign-in name', [{ principalName: 'Anna.Berg@kommun.example' }], { email: undefined }, 'anna'],
    [
      'where the one’s e-mail is the other’s sign-in name',
      [{ email: 'anna.berg@kommun.example' }],
      {},
      'anna',
    ],
    [
      'by the id in Entra, whatever the address',
      [{ entraId: 'entra-anna', email: 'a@b.example' }],
      {},
      'anna',
    ],
    [
      'by the id in Entra rather than by an address that is somebody else’s',
      [{ entraId: 'entra-anna' }, { id: 'bo', email: 'anna.berg@skola.example' }],
      {},
      'anna',
    ],
    [
      'not where two on the staff have the address',
      [{ email: 'anna.berg@skola.example' }, { id: 'bo', email: 'anna.berg@skola.example' }],
      {},
      null,
    ],
    [
      'where one of the two has left',
      [{ email: 'anna.berg@skola.example' }, { id: 'bo', email: 'anna.berg@skola.example', hasLeft: true }],
      {},
      'anna',
    ],
    ['not who has left', [{ email: 'anna.berg@skola.example', hasLeft: true }], {}, null],
    ['not where nothing is like it', [{ email: 'someone@skola.example' }], {}, null],
    [
      'not where Teams tells no address',
      [{ email: null }],
      { email: undefined, principalName: undefined },
      null,
    ],
    [
      'not where both have nothing for an address',
      [{ email: '', principalName: '' }],
      { email: '', principalName: ' ' },
      null,
    ],
    ['not a guest, whatever the address', [{ email: 'anna.berg@skola.example' }], { isGuest: true }, null],
    [
      'not an account of another municipality, whatever it says its address is',
      [{ email: 'anna.berg@skola.example' }],
      { tenantId: 'theirs' },
      null,
    ],
  ];
  for (const [name, staff, profile, expected] of cases) {
    it(`is known ${name}`, async () => {
      for (const one of staff) await addStaff(one);

      const user = await meet(profile);

      assert.equal(user.staffId, expected);
      assert.equal((await findTeamsUser(storage.db, 'entra-anna'))?.staffId ?? null, expected);
    });
  }

  it('is kept with what Teams says now, addresses in lower case', async () => {
    await meet();

    const user = await meet({ name: 'Anna Ek', email: undefined }, '11:00');

    assert.deepEqual(
      [user.name, user.email, user.principalName, user.teamsId, user.tenantId, user.isGuest],
      ['Anna Ek', null, 'anna.berg@kommun.example', '29:anna', 'ours', false],
    );
    assert.ok(user.seenAt.equals(clockTime('11:00')));
  });

  it('is nobody whom Sedd has not met', async () => {
    assert.equal(await findTeamsUser(storage.db, 'entra-anna'), undefined);
  });

  it('follows the student system: who comes onto the staff, leaves, and has a new record', async () => {
    await meet();
    const staffIds: (string | null | undefined)[] = [];
    const look = async () => staffIds.push((await findTeamsUser(storage.db, 'entra-anna'))?.staffId);

    await look();
    await addStaff({ email: 'anna.berg@skola.example' });
    await look();
    await leave('anna');
    await look();
    await addStaff({ id: 'anna again', email: 'anna.berg@skola.example' });
    await look();

    assert.deepEqual(staffIds, [null, 'anna', null, 'anna again']);
  });

  it('stays who they were while a second one has their address', async () => {
    await addStaff({ email: 'anna.berg@skola.example' });
    await meet();
    await addStaff({ id: 'bo', email: 'anna.berg@skola.example' });

    assert.equal((await findTeamsUser(storage.db, 'entra-anna'))?.staffId, 'anna');
  });

  it('keeps their chat with Sedd when they are met again, and is written to there while it works', async () => {
    await addStaff({ email: 'anna.berg@skola.example' });
    await meet();
    await storage.db
      .insertInto('conversation')
      .values({
        id: 'a:anna',
        kind: 'personal',
        tenantId: 'ours',
        serviceUrl: 'http://127.0.0.1:1/',
        teamId: null,
        name: null,
        state: 'open',
      })
      .execute();
    await rememberPersonalConversation(storage.db, 'entra-anna', 'a:anna');
    await meet({}, '11:00');

    const open = await personalConversation(storage.db, 'anna');
    await storage.db.updateTable('conversation').set({ state: 'broken' }).execute();

    assert.deepEqual([open, await personalConversation(storage.db, 'anna')], ['a:anna', undefined]);
  });

  async function meet(profile: Partial<TeamsProfile> = {}, time = '08:00') {
    const asked = { tenants: ['ours'], at: clockTime(time) };
    return await rememberTeamsUser(storage.db, { ...anna, ...profile }, asked);
  }

  async function addStaff({ id = 'anna', hasLeft = false, ...known }: StaffCase): Promise<void> {
    await storage.db
      .insertInto('staff')
      .values({
        id,
        givenName: 'Anna',
        familyName: 'Berg',
        email: null,
        principalName: null,
        entraId: null,
        removedAt: hasLeft ? clockTime('07:00') : null,
        ...known,
      })
      .execute();
  }

  async function leave(id: string): Promise<void> {
    await storage.db
      .updateTable('staff')
      .set({ removedAt: clockTime('09:00') })
      .where('id', '=', id)
      .execute();
  }
});
