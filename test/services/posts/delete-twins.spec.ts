import assert from 'node:assert/strict';
import { ChatFailure, type ChatFailureKind } from '../../../services/posts/chat.ts';
import { deleteTwins } from '../../../services/posts/delete-twins.ts';
import { addTwin } from '../../../services/posts/twins.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import {
  addConversations,
  key,
  POST_TABLES,
  postOf,
  setPost,
  type TestDelivery,
  testDelivery,
  want,
} from './delivery.ts';

forEachEngine('deleteTwins', (engine) => {
  let storage: Storage;
  let db: Db;
  let delivery: TestDelivery;
  let turns: string[];
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => {
    await empty(db, POST_TABLES);
    await addConversations(db, 'c1', 'c2');
    await want(db, key('8A', 'c1'), key('8B', 'c2'));
    await setPost(db, '8A', { activityId: 'm1', state: 'posted' });
    await setPost(db, '8B', { activityId: 'm2', state: 'posted' });
    delivery = testDelivery(db);
    turns = [];
  });
  after(async () => await storage.close());

  const now = () => delivery.deps.clock.now();
  const run = (mayGo = true) =>
    deleteTwins(delivery.deps, async (conversation) => {
      turns.push(conversation);
      return mayGo;
    });
  const deleted = () => delivery.far.calls.map(({ op, to, id }) => `${op} ${to} ${id}`);
  const fail = (kind: ChatFailureKind) => {
    delivery.far.answer = () => {
      throw new ChatFailure(kind, 'code', 'no');
    };
  };

  async function waiting(): Promise<readonly string[]> {
    const rows = await db
      .selectFrom('postTwin')
      .select('activityId')
      .where('deletedAt', 'is', null)
      .orderBy('activityId')
      .execute();
    return rows.map((row) => row.activityId);
  }

  async function add(...ids: readonly string[]): Promise<void> {
    for (const id of ids) await addTwin(db, await postOf(db, id.startsWith('b') ? '8B' : '8A'), id, now());
  }

  it('deletes each where it is, in its turn, and once', async () => {
    await add('a1', 'b1');

    const areLeft = [await run(), await run()];

    assert.deepEqual(deleted(), ['delete c1 a1', 'delete c2 b1']);
    assert.deepEqual([turns, areLeft, await waiting()], [['c1', 'c2'], [false, false], []]);
  });

  it('never deletes a message that is, after all, a card’s own', async () => {
    await add('a1');
    await setPost(db, '8A', { activityId: 'a1' });

    await run();

    assert.deepEqual(deleted(), []);
  });

  for (const kind of ['unknown', 'notAccepted', 'notAuthorised'] as const) {
    it(`leaves the others for the next time where one ends as ${kind}: cards are not to wait`, async () => {
      await add('a1', 'b1');
      fail(kind);

      assert.equal(await run(), true);

      assert.deepEqual([deleted().length, await waiting()], [1, ['a1', 'b1']]);
    });
  }

  for (const kind of ['refused', 'unreachable'] as const) {
    it(`goes on to the others where one is ${kind}, and comes back to it`, async () => {
      await add('a1', 'b1');
      fail(kind);

      assert.equal(await run(), true);

      assert.deepEqual([deleted().length, await waiting()], [2, ['a1', 'b1']]);
    });
  }

  it('leaves one that has resisted for an hour, and does not ask to be called for it', async () => {
    await add('a1');
    delivery.time.advance(3_600);

    assert.equal(await run(), false);

    assert.deepEqual([deleted(), await waiting()], [[], ['a1']]);
  });

  it('leaves those in a broken conversation', async () => {
    await add('a1');
    await db.updateTable('conversation').set({ state: 'broken' }).execute();

    await run();

    assert.deepEqual(deleted(), []);
  });

  it('begins nothing when Sedd is stopping', async () => {
    await add('a1');

    assert.equal(await run(false), true);

    assert.deepEqual(deleted(), []);
  });
});
