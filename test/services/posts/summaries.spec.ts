import assert from 'node:assert/strict';
import { markStale } from '../../../services/posts/post-store.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import {
  addConversations,
  key,
  POST_TABLES,
  REST_SECONDS,
  slowly,
  type TestDelivery,
  testDelivery,
  want,
} from './delivery.ts';

forEachEngine('what sums up a school’s cards', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  let delivery: TestDelivery;
  beforeEach(async () => {
    await empty(db, POST_TABLES);
    delivery = testDelivery(db);
  });
  after(async () => await storage.close());

  it('is sent after the school’s other cards, once', async () => {
    await addConversations(db, 'c0', 'c1', 'c2', 'office');
    await want(db, key('school', 'office', 'summary'));
    await want(db, ...['c0', 'c1', 'c2'].map((id) => key(`${id}/0`, id)));
    const arrived: string[] = [];
    delivery.far.answer = async ({ to }) => {
      await slowly(delivery);
      if (to !== 'office') arrived.push(to);
      delivery.facts.set('school', `${arrived.length} of 3`);
    };

    await delivery.deliver();

    assert.deepEqual(delivery.far.shownIn('office'), ['3 of 3']);
    assert.equal(delivery.far.calls.filter(({ to }) => to === 'office').length, 1);
  });

  it('is made once, of how the others went', async () => {
    await addConversations(db, 'c0', 'c1', 'c2', 'office');
    await want(db, key('school', 'office', 'summary'));
    await want(db, ...['c0', 'c1', 'c2'].map((id) => key(`${id}/0`, id)));
    const made: string[] = [];
    const { compose } = delivery.deps;
    delivery = testDelivery(db, {
      compose: async (post) => {
        made.push(post.subject);
        return await compose(post);
      },
      onDelivery: async (trx, { purpose }) => {
        const summary = { purpose: 'summary', subjects: ['school'] };
        if (purpose !== 'summary') await markStale(trx, summary, { isUrgent: false });
      },
    });

    await delivery.deliver();

    assert.deepEqual(made.toSorted(), ['c0/0', 'c1/0', 'c2/0', 'school']);
    assert.equal(made.at(-1), 'school');
  });

  it('does not wait for another school’s cards', async () => {
    await addConversations(db, 'c0', 'office');
    await want(db, { ...key('c0/0', 'c0'), schoolId: 'south' }, key('school', 'office', 'summary'));
    delivery.far.answer = async ({ to }) => {
      if (to === 'c0')
        while (delivery.far.calls.length < 2) await new Promise((resolve) => setImmediate(resolve));
    };

    await delivery.deliver();

    assert.deepEqual(delivery.far.shownIn('office'), ['school']);
  });

  const change = (isUrgent: boolean) =>
    markStale(db, { purpose: 'summary', subjects: ['school'] }, { isUrgent });

  /** A school's summary and its times of arrival, in seconds. */
  async function shownSummary() {
    const at: number[] = [];
    delivery.far.answer = () => void at.push(delivery.time.nowMs() / 1_000);
    await addConversations(db, 'office');
    await want(db, key('school', 'office', 'summary'));
    await delivery.deliver();
    return { ...delivery, at };
  }

  it('is left for a while after it was shown, however often it changes, and then brought up to date once', async () => {
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
