import assert from 'node:assert/strict';
import type { Municipality } from '../../../services/config/municipality.ts';
import {
  breakConversation,
  introduceOnce,
  mendConversations,
  readBindings,
  rememberConversation,
  type SeenConversation,
  syncBindings,
} from '../../../services/posts/conversations.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { COORDINATOR_CHANNEL, channelId, guid, smallMunicipality } from '../../support/small-school.ts';
import { addConversations, key, POST_TABLES, postOf, START, setPost, want } from './delivery.ts';

const seen: SeenConversation = {
  id: 'c1',
  kind: 'channel',
  tenantId: 'tenant-a',
  serviceUrl: 'https://smba.example/emea/',
  teamId: '19:team',
  name: 'Mentorer 8A',
};

forEachEngine('the conversations', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => await empty(db, POST_TABLES));
  after(async () => await storage.close());

  async function conversation(id = 'c1') {
    return await db.selectFrom('conversation').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  }

  it('are told once what Sedd is, also where two ask at once', async () => {
    await rememberConversation(db, seen);

    const told = await Promise.all([introduceOnce(db, 'c1', START), introduceOnce(db, 'c1', START)]);

    assert.deepEqual(told.toSorted(), [false, true]);
    assert.equal(await introduceOnce(db, 'c1', START), false);
    assert.equal(await introduceOnce(db, 'unknown', START), false);
  });

  describe('rememberConversation', () => {
    it('keeps where a conversation is reached, and follows it when it moves', async () => {
      await rememberConversation(db, seen);
      await rememberConversation(db, { ...seen, serviceUrl: 'https://smba.example/amer/' });

      const { serviceUrl, teamId, name, state } = await conversation();
      assert.deepEqual(
        [serviceUrl, teamId, name, state],
        ['https://smba.example/amer/', '19:team', 'Mentorer 8A', 'open'],
      );
    });

    it('forgets neither team nor name where an event does not say them', async () => {
      await rememberConversation(db, seen);
      await rememberConversation(db, { ...seen, teamId: undefined, name: undefined, tenantId: 'tenant-b' });

      const { tenantId, teamId, name } = await conversation();
      assert.deepEqual([tenantId, teamId, name], ['tenant-b', '19:team', 'Mentorer 8A']);
    });

    it('takes many events of a conversation that nobody knew at once', async () => {
      await Promise.all(Array.from({ length: 6 }, () => rememberConversation(db, seen)));

      assert.equal((await db.selectFrom('conversation').select('id').execute()).length, 1);
    });

    it('makes a broken conversation whole, and takes up what was given up there', async () => {
      await addConversations(db, 'c1', 'c2');
      await want(db, key('8A', 'c1'), key('8B', 'c1'), key('8C', 'c2'));
      await setPost(db, '8A', { state: 'undelivered' });
      await setPost(db, '8B', { state: 'undelivered', activityId: 'm1', attempts: 12 });
      await setPost(db, '8C', { state: 'undelivered' });
      await breakConversation(db, 'c1', 'BotNotInConversationRoster', START);

      await rememberConversation(db, seen);

      const { state, brokenCode, brokenAt } = await conversation();
      assert.deepEqual([state, brokenCode, brokenAt === null], ['open', null, true]);
      const posts = await Promise.all(['8A', '8B', '8C'].map((subject) => postOf(db, subject)));
      assert.deepEqual(
        posts.map((post) => post.state),
        ['waiting', 'posted', 'undelivered'],
      );
    });

    it('leaves alone what was refused in a conversation that was never broken', async () => {
      await rememberConversation(db, seen);
      await want(db, key('8A', 'c1'));
      await setPost(db, '8A', { state: 'undelivered' });

      await rememberConversation(db, { ...seen, name: 'Nytt namn' });

      assert.equal((await postOf(db, '8A')).state, 'undelivered');
    });
  });

  describe('mendConversations', () => {
    it('takes up whatever was broken in the tenant, posted or not, and no other tenant’s', async () => {
      await addConversations(db, 'c1', 'c2', 'c3');
      await db.updateTable('conversation').set({ tenantId: 'tenant-b' }).where('id', '=', 'c3').execute();
      await want(db, key('8A', 'c1'), key('8B', 'c2'), key('8C', 'c3'));
      for (const [subject, id] of Object.entries({ '8A': 'c1', '8B': 'c2', '8C': 'c3' })) {
        await setPost(db, subject, { state: 'undelivered', activityId: subject === '8B' ? 'm1' : null });
        await breakConversation(db, id, 'BotNotInConversationRoster', START);
      }

      await mendConversations(db, 'tenant-a');

      const states = await Promise.all(['c1', 'c2', 'c3'].map(async (id) => (await conversation(id)).state));
      assert.deepEqual(states, ['open', 'open', 'broken']);
      const posts = await Promise.all(['8A', '8B', '8C'].map(async (one) => (await postOf(db, one)).state));
      assert.deepEqual(posts, ['waiting', 'posted', 'undelivered']);
    });
  });

  describe('syncBindings', () => {
    const municipality = (channels: object): Municipality =>
      smallMunicipality('http://127.0.0.1:1/', 0, {
        schools: [{ id: 'norr', name: 'Norrskolan', organisation: guid(9, 1), channels }],
      });
    const bindings = async () => {
      const rows = await readBindings(db, 'norr');
      return rows.map((row) => [row.role, row.groupName, row.conversationId].join(' ')).sort();
    };

    it('brings in what the municipality file says, and takes out what it no longer says', async () => {
      await syncBindings(
        db,
        municipality({
          coordinator: COORDINATOR_CHANNEL,
          mentorGroups: { '8A': channelId(1), '8B': channelId(1) },
        }),
      );
      await syncBindings(db, municipality({ eht: '19:eht@thread.v2', mentorGroups: { '8A': channelId(2) } }));

      assert.deepEqual(await bindings(), [`eht  19:eht@thread.v2`, `mentorGroup 8A ${channelId(2)}`]);
    });

    it('knows a group chat from a channel', async () => {
      await syncBindings(db, municipality({ coordinator: COORDINATOR_CHANNEL, eht: '19:eht@thread.v2' }));

      const kinds = await Promise.all([COORDINATOR_CHANNEL, '19:eht@thread.v2'].map(conversation));
      assert.deepEqual(
        kinds.map((row) => row.kind),
        ['channel', 'groupChat'],
      );
    });

    it('leaves alone what was bound in chat, and what is known of a conversation', async () => {
      await rememberConversation(db, { ...seen, id: channelId(1) });
      await breakConversation(db, channelId(1), 'BotDisabledByAdmin', START);
      await db
        .insertInto('binding')
        .values({
          conversationId: channelId(1),
          role: 'mentorGroup',
          schoolId: 'norr',
          groupName: '9A',
          origin: 'chat',
        })
        .execute();

      await syncBindings(db, municipality({ mentorGroups: { '8A': channelId(1) } }));

      assert.deepEqual(await bindings(), [
        `mentorGroup 8A ${channelId(1)}`,
        `mentorGroup 9A ${channelId(1)}`,
      ]);
      const { serviceUrl, state } = await conversation(channelId(1));
      assert.deepEqual([serviceUrl, state], [seen.serviceUrl, 'broken']);
      const [bound] = await readBindings(db, 'norr');
      assert.deepEqual([bound?.state, bound?.brokenCode], ['broken', 'BotDisabledByAdmin']);
    });

    it('corrects an address that the file had wrong, and takes up what was given up there', async () => {
      const wrong = municipality({ mentorGroups: { '8A': channelId(1) } });
      const right = { ...wrong, teams: { ...wrong.teams, serviceUrl: 'http://127.0.0.1:2/' } };
      await syncBindings(db, wrong);
      await want(db, key('8A', channelId(1)));
      await setPost(db, '8A', { state: 'undelivered' });
      await breakConversation(db, channelId(1), 'serviceUrlNotAllowed', START);

      await syncBindings(db, right);

      const { serviceUrl, state } = await conversation(channelId(1));
      assert.deepEqual([serviceUrl, state], ['http://127.0.0.1:2/', 'open']);
      assert.equal((await postOf(db, '8A')).state, 'waiting');
    });

    it('may be done by two replicas that start at once', async () => {
      const both = municipality({ coordinator: COORDINATOR_CHANNEL, mentorGroups: { '8A': channelId(1) } });
      await syncBindings(db, both);

      await Promise.all([syncBindings(db, both), syncBindings(db, both), syncBindings(db, both)]);

      assert.equal((await bindings()).length, 2);
    });
  });
});
