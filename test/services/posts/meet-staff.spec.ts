import assert from 'node:assert/strict';
import { silentLog } from '../../../services/log.ts';
import type { TeamsProfile } from '../../../services/people/teams-users.ts';
import { ChatFailure } from '../../../services/posts/chat.ts';
import { meetStaff } from '../../../services/posts/meet-staff.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { type RecordingChat, recordingChat } from '../../support/recording-chat.ts';
import {
  COORDINATOR_CHANNEL,
  channelId,
  clockTime,
  groupId,
  guid,
  MONDAY,
  pupilId,
  TENANT,
} from '../../support/small-school.ts';
import { ANNA, BO, emailOf } from '../../support/small-staff.ts';
import { addConversations, seedSchool, TABLES } from '../follow-up/reminder-school.ts';
import { addContactPerson } from '../people/staffed-school.ts';

const profile = (name: string, more: Partial<TeamsProfile> = {}): TeamsProfile => ({
  entraId: `entra-${name}`,
  teamsId: `29:${name}`,
  tenantId: TENANT,
  name,
  email: emailOf(name),
  principalName: undefined,
  isGuest: false,
  ...more,
});

forEachEngine('meetStaff', (engine) => {
  let storage: Storage;
  let db: Db;
  let far: RecordingChat;
  /** Whose the open steps of the routine are at the school. */
  let owners: { readonly staffIds: readonly string[]; readonly addresses: readonly string[] };
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => {
    far = recordingChat();
    owners = { staffIds: [], addresses: [] };
    await empty(db, TABLES);
    await seedSchool(db);
    await bind(channelId(0), 'mentorGroup', '8A');
    await db
      .insertInto('groupMentor')
      .values({ groupId: groupId(0), staffId: ANNA })
      .execute();
  });
  after(async () => await storage.close());

  const bind = async (conversationId: string, role: 'mentorGroup' | 'eht', groupName: string) =>
    await db
      .insertInto('binding')
      .values({ conversationId, role, schoolId: 'norr', groupName, origin: 'config' })
      .execute();
  const meet = async (schoolId = 'norr') =>
    await meetStaff(
      {
        db,
        chat: far.chat,
        tenants: [TENANT],
        wireClock: { now: () => clockTime('06:00') },
        log: silentLog,
        roleAddresses: (id) => (id === 'norr' ? [emailOf('Eva Ek')] : []),
        stepOwners: async (id) => (id === 'norr' ? owners : { staffIds: [], addresses: [] }),
      },
      schoolId,
    );
  /** Whom Sedd knows, as whom, and whether it has a chat with them. */
  const met = async () => {
    const rows = await db.selectFrom('teamsUser').selectAll().orderBy('name').execute();
    return rows.map(
      ({ name, staffId, personalConversationId }) =>
        `${name} ${staffId === null ? 'nobody' : 'staff'} ${personalConversationId === null ? '-' : 'chat'}`,
    );
  };
  const asked = (op: 'members' | 'openPersonal') =>
    far.calls.filter((call) => call.op === op).map(({ to }) => to);

  it('knows who is in the channels, and has a chat with those who answer for pupils', async () => {
    far.members.set(channelId(0), [profile('Anna Berg'), profile('Vikarie Okänd')]);
    far.members.set(COORDINATOR_CHANNEL, [profile('Bo Ek')]);

    await meet();

    assert.deepEqual(await met(), ['Anna Berg staff chat', 'Bo Ek staff -', 'Vikarie Okänd nobody -']);
    assert.deepEqual(asked('openPersonal'), ['29:Anna Berg']);
  });

  it('has a chat with a contact person, and none with one who was', async () => {
    far.members.set(channelId(0), [profile('Bo Ek')]);
    await addContactPerson(db, pupilId(1), BO, clockTime('05:00'));
    await meet();
    const before = await met();
    await addContactPerson(db, pupilId(1), BO);

    await meet();

    assert.deepEqual([before, await met()], [['Bo Ek staff -'], ['Bo Ek staff chat']]);
  });

  it('has a chat with whoever has a role in the municipality file, on the staff or not, and with stand-ins', async () => {
    await addConversations(db, ['19:eht@thread.v2'], 'groupChat');
    await bind('19:eht@thread.v2', 'eht', '');
    far.members.set('19:eht@thread.v2', [profile('Eva Ek'), profile('Nils Annan')]);
    far.members.set(channelId(0), [profile('Bo Ek')]);
    await db
      .insertInto('standIn')
      .values({
        staffId: ANNA,
        standInStaffId: BO,
        firstDay: MONDAY,
        lastDay: MONDAY,
        createdAt: clockTime('05:00'),
        createdById: 'x',
        createdByName: 'X',
      })
      .execute();

    await meet();

    assert.deepEqual(await met(), ['Bo Ek staff chat', 'Eva Ek nobody chat', 'Nils Annan nobody -']);
  });

  it('has a chat with whoever has something to do in the routine, on the staff or by address', async () => {
    owners = { staffIds: [BO], addresses: [emailOf('Nils Annan')] };
    far.members.set(channelId(0), [profile('Bo Ek'), profile('Nils Annan'), profile('Vikarie Okänd')]);

    await meet();

    assert.deepEqual(await met(), ['Bo Ek staff chat', 'Nils Annan nobody chat', 'Vikarie Okänd nobody -']);
  });

  it('opens a chat once, and posts nothing', async () => {
    far.members.set(channelId(0), [profile('Anna Berg')]);

    await meet();
    await meet();

    assert.equal(asked('openPersonal').length, 1);
    assert.ok(far.calls.every(({ op }) => op === 'members' || op === 'openPersonal'));
  });

  const strangers: readonly (readonly [string, Partial<TeamsProfile>])[] = [
    ['a guest', { isGuest: true }],
    ['somebody of another municipality', { tenantId: guid(99, 2) }],
  ];
  for (const [name, more] of strangers) {
    it(`takes ${name} with a mentor’s e-mail address for nobody`, async () => {
      far.members.set(channelId(0), [profile('Anna Berg', more)]);

      await meet();

      assert.deepEqual(await met(), ['Anna Berg nobody -']);
      assert.deepEqual(asked('openPersonal'), []);
    });
  }

  it('asks neither a broken channel nor another school’s', async () => {
    await bind(channelId(1), 'mentorGroup', '8B');
    await db.updateTable('conversation').set({ state: 'broken' }).where('id', '=', channelId(1)).execute();

    await meet();
    await meet('soder');

    assert.deepEqual(asked('members').toSorted(), [COORDINATOR_CHANNEL, channelId(0)].toSorted());
  });

  it('goes on where Teams refuses one channel or one person', async () => {
    await bind(channelId(1), 'mentorGroup', '8B');
    await db
      .insertInto('groupMentor')
      .values({ groupId: groupId(1), staffId: BO })
      .execute();
    far.members.set(channelId(1), [profile('Anna Berg'), profile('Bo Ek')]);
    far.answer = ({ op, to }) => {
      if (to === channelId(0) || (op === 'openPersonal' && to === '29:Anna Berg'))
        throw new ChatFailure('unreachable', 'BotNotInConversationRoster', 'no');
    };

    await meet();

    assert.deepEqual(await met(), ['Anna Berg staff -', 'Bo Ek staff chat']);
  });

  it('does not hide a fault of its own', async () => {
    far.answer = () => {
      throw new TypeError('broken');
    };

    await assert.rejects(meet(), TypeError);
  });
});
