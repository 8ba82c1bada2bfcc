import assert from 'node:assert/strict';
import type { Temporal } from 'temporal-polyfill';
import type { Press } from '../../bot/inbound.ts';
import { foreignerOf, who } from '../../bot/who.ts';
import { findTeamsUser, rememberTeamsUser, type TeamsProfile } from '../../services/people/teams-users.ts';
import type { Db, Storage } from '../../services/storage/database.ts';
import { addStaff } from '../services/people/staffed-school.ts';
import { forEachEngine } from '../support/databases.ts';
import { empty } from '../support/dump.ts';
import { clockTime, guid, smallMunicipality, TENANT } from '../support/small-school.ts';
import { emailOf } from '../support/small-staff.ts';

const municipality = smallMunicipality('http://127.0.0.1:1/', 1);
const ANNA: TeamsProfile = {
  entraId: 'entra-anna',
  teamsId: '29:anna',
  tenantId: TENANT,
  name: 'Anna Berg',
  email: emailOf('Anna Berg'),
  principalName: undefined,
  isGuest: false,
};

const channel = { id: '19:a', threadId: '19:a;messageid=1', kind: 'channel' } as const;
const heard = (more: Partial<Press['from']> = {}, conversation: object = channel) => ({
  from: { teamsId: '29:anna', entraId: 'entra-anna', name: 'Rektor Rektorsson', ...more },
  conversation: {
    tenantId: TENANT,
    serviceUrl: 'http://127.0.0.1:1/',
    teamId: undefined,
    name: undefined,
    ...channel,
    ...conversation,
  },
});

forEachEngine('who it is', (engine) => {
  let storage: Storage;
  let db: Db;
  /** How often Teams was asked. */
  let asked: number;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => {
    asked = 0;
    await empty(db, ['teams_user', 'staff']);
  });
  after(async () => await storage.close());

  /** Teams tells of this person, or does not answer. */
  const deps = (told: TeamsProfile | undefined, now: Temporal.Instant = clockTime('09:00')) => ({
    db,
    municipality,
    wireClock: { now: () => now },
    members: {
      of: async () => {
        asked += 1;
        return told;
      },
    },
  });
  const met = async (more: Partial<TeamsProfile> = {}, at = clockTime('08:00')) =>
    await rememberTeamsUser(db, { ...ANNA, ...more }, { tenants: [TENANT], at });

  it('is whom Teams says, and not whom the press claims; asked once', async () => {
    const staffId = await addStaff(db, 'Anna Berg');

    const first = await who(deps(ANNA), heard());
    const second = await who(deps(undefined), heard());

    assert.deepEqual(first, {
      entraId: 'entra-anna',
      name: 'Anna Berg',
      isGuest: false,
      staffId,
      addresses: [emailOf('Anna Berg')],
    });
    assert.deepEqual([second, asked], [first, 1]);
  });

  const nobody: readonly (readonly [string, TeamsProfile | undefined, Partial<Press['from']>])[] = [
    ['without an account in Entra', ANNA, { entraId: undefined }],
    ['whom Teams does not know', undefined, {}],
    ['of whom Teams tells somebody else', { ...ANNA, entraId: 'entra-bo' }, {}],
  ];
  for (const [name, told, from] of nobody) {
    it(`is nobody, of somebody ${name}`, async () => {
      await addStaff(db, 'Anna Berg');

      assert.equal(await who(deps(told), heard(from)), undefined);
      assert.equal(await findTeamsUser(db, 'entra-bo'), undefined);
    });
  }

  const again = [
    { after: '08:59', times: 0 },
    { after: '09:01', times: 1 },
  ];
  for (const { after, times } of again) {
    it(`is asked ${times} times at ${after} of one whom the roster did not know at 08:00`, async () => {
      await met();

      const person = await who(deps(ANNA, clockTime(after)), heard());

      assert.deepEqual([person?.staffId, asked], [undefined, times]);
    });
  }

  it('is who the roster knows by now, without asking Teams', async () => {
    await met();
    const staffId = await addStaff(db, 'Anna Berg');

    assert.equal((await who(deps(undefined), heard()))?.staffId, staffId);
    assert.equal(asked, 0);
  });

  it('is who was met before where Teams does not answer', async () => {
    await met({}, clockTime('05:00'));

    assert.equal((await who(deps(undefined), heard()))?.name, 'Anna Berg');
  });

  it('keeps the chat that is somebody’s own, and no channel', async () => {
    await met();
    await who(deps(ANNA), heard());
    const before = await findTeamsUser(db, 'entra-anna');

    await who(deps(ANNA), heard({}, { id: 'a:anna', kind: 'personal' }));

    assert.equal(before?.personalConversationId, null);
    assert.equal((await findTeamsUser(db, 'entra-anna'))?.personalConversationId, 'a:anna');
  });

  const foreigners: readonly (readonly [
    string,
    TeamsProfile | undefined,
    Partial<Press['from']>,
    string | undefined,
  ])[] = [
    ['one of ours', ANNA, {}, undefined],
    ['without an account in Entra', ANNA, { entraId: undefined }, 'noEntraId'],
    ['of another tenant', { ...ANNA, tenantId: guid(99, 2) }, {}, 'otherTenant'],
    ['a guest', { ...ANNA, isGuest: true }, {}, 'guest'],
    ['a guest of another tenant', { ...ANNA, tenantId: guid(99, 2), isGuest: true }, {}, 'otherTenant'],
    ['nobody knows who', undefined, {}, undefined],
  ];
  for (const [name, told, from, expected] of foreigners) {
    it(`is ${expected ?? 'no foreigner'}: ${name}`, async () => {
      assert.equal(await foreignerOf(deps(told), heard(from)), expected);
    });
  }

  it('is a foreigner whom Teams named so before, also while it does not answer', async () => {
    await met({ isGuest: true });

    assert.equal(await foreignerOf(deps(undefined), heard()), 'guest');
  });
});
