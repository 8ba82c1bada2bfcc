import assert from 'node:assert/strict';
import { markStale } from '../../../services/posts/post-store.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { addConversations, key, POST_TABLES, REST_SECONDS, testDelivery, want } from './delivery.ts';

forEachEngine('a summary that was just shown', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => await empty(db, POST_TABLES));
  after(async () => await storage.close());

  const change = (isUrgent: boolean) =>
    markStale(db, { purpose: 'summary', subjects: ['school'] }, { isUrgent });

  /** A school's summary and its times of arrival, in seconds. */
  async function shownSummary() {
    const delivery = testDelivery(db);
    const at: number[] = [];
    delivery.far.answer = () => void at.push(delivery.time.nowMs() / 1_000);
    await addConversations(db, 'office');
    await want(db, key('school', 'office', 'summary'));
    await delivery.deliver();
    return { ...delivery, at };
  }

  it('is left for a while, however often it changes, and then brought up to date once', async () => {
    const { deliver, facts, far, at } = await shownSummary();
    for (let press = 1; press <= 10; press += 1) {
      facts.set('school', `${press} presses`);
      await change(false);
    }

    await deliver();

    const [shown = 0, again = 0] = at;
    assert.deepEqual(far.shownIn('office'), ['10 presses']);
    assert.equal(at.length, 2);
    assert.ok(again - shown >= REST_SECONDS, `${again - shown}`);
  });

  it('is brought up to date at once where a person waits for it', async () => {
    const { deliver, facts, at } = await shownSummary();
    facts.set('school', 'released');
    await change(true);

    await deliver();

    const [shown = 0, again = 0] = at;
    assert.ok(again - shown < REST_SECONDS, `${again - shown}`);
  });
});
