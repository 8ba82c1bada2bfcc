import assert from 'node:assert/strict';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import {
  addConversations,
  GRACE_SECONDS,
  key,
  POST_TABLES,
  stale,
  statesOf,
  type TestDelivery,
  testDelivery,
  turnOfTheLoop,
  want,
} from './delivery.ts';

const ids = Array.from({ length: 8 }, (_, index) => `c${index}`);

forEachEngine('deliverStale in two processes at once', (engine) => {
  let storage: Storage;
  let db: Db;
  let delivery: TestDelivery;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => {
    await empty(db, POST_TABLES);
    await addConversations(db, ...ids);
    await want(db, ...ids.map((id) => key(`${id}/0`, id)));
    delivery = testDelivery(db);
  });
  after(async () => await storage.close());

  it('posts each card once', async () => {
    await want(db, ...ids.flatMap((id) => [1, 2, 3].map((post) => key(`${id}/${post}`, id))));
    const other = testDelivery(db, { chat: delivery.deps.chat });

    await Promise.all([delivery.deliver(), other.deliver()]);
    await Promise.all([delivery.settle(), other.settle()]);

    assert.deepEqual(
      [delivery.ops().filter((op) => op === 'post').length, await statesOf(db)],
      [32, ['posted']],
    );
    for (const id of ids) assert.equal(new Set(delivery.far.shownIn(id)).size, 4);
  });

  it('shows the latest in the end, whichever update came last', async () => {
    await delivery.deliver();
    const { chat, compose } = delivery.deps;
    const composed = [{ summary: 'old', card: {} }];
    const other = testDelivery(db, {
      chat,
      compose: async (post) => composed.pop() ?? (await compose(post)),
    });
    delivery.facts.set('c0/0', 'new');
    await stale(db, 'c0/0');
    let isHeld = true;
    delivery.far.answer = async ({ message }, store) => {
      if (message?.summary === 'old') while (isHeld) await turnOfTheLoop();
      store();
      if (message?.summary === 'new') isHeld = false;
    };

    await Promise.all([delivery.deliver(), other.deliver()]);
    await delivery.settle();

    assert.deepEqual([delivery.far.shownIn('c0'), composed], [['new'], []]);
  });

  it('does not take over a posting whose answer is only late', async () => {
    const other = testDelivery(db, { chat: delivery.deps.chat });
    delivery.far.answer = async ({ to }) => {
      if (to !== 'c0') return;
      delivery.far.answer = undefined;
      other.time.advance(GRACE_SECONDS / 2);
      await other.deliver();
    };

    await delivery.deliver();

    assert.equal(delivery.far.shownIn('c0').length, 1);
  });
});
