import assert from 'node:assert/strict';
import { ChatFailure } from '../../../services/posts/chat.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import {
  addConversations,
  fill,
  key,
  POST_TABLES,
  postOf,
  START,
  setPost,
  slowly,
  stale,
  type TestDelivery,
  testDelivery,
  want,
} from './delivery.ts';

/** At Teams' pace. */
const TURN_MS = 22;

forEachEngine('a run of the deliverer', (engine) => {
  let storage: Storage;
  let db: Db;
  let delivery: TestDelivery;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => {
    await empty(db, POST_TABLES);
    delivery = testDelivery(db);
  });
  after(async () => await storage.close());

  const sent = () => delivery.far.calls.map(({ message }) => message?.summary);

  it('makes one update of ten changes', async () => {
    await fill(db, 1, 1);
    await delivery.deliver();
    delivery.facts.set('c0/0', 'all are here');
    for (let change = 0; change < 10; change += 1) await stale(db, 'c0/0', true);

    await delivery.deliver();

    assert.deepEqual(sent(), ['c0/0', 'all are here']);
  });

  it('makes one update of changes that come while a person is pressing', async () => {
    await fill(db, 1, 1);
    await delivery.deliver();
    await stale(db, 'c0/0', true);
    const delay = async (ms: number) => {
      // The pause in which the next press comes.
      if (ms === 250 && delivery.facts.size === 0) {
        delivery.facts.set('c0/0', 'the latest');
        await stale(db, 'c0/0', true);
      }
      await delivery.time.delay(ms);
    };
    const patient = testDelivery(db, { chat: delivery.deps.chat, compose: delivery.deps.compose, delay });

    await patient.deliver();

    assert.deepEqual(sent(), ['c0/0', 'the latest']);
  });

  it('keeps the order within a conversation, one call at a time, and goes on in the others', async () => {
    await fill(db, 4, 5);
    delivery.far.answer = () => slowly(delivery);

    await delivery.deliver();

    const { most } = delivery.far;
    assert.equal(most.conversation, 1);
    assert.ok(most.together > 1);
    for (const id of ['c0', 'c1', 'c2', 'c3']) {
      assert.deepEqual(
        delivery.far.shownIn(id),
        [0, 1, 2, 3, 4].map((post) => `${id}/${post}`),
      );
    }
  });

  it('has no more calls under way than it may', async () => {
    await fill(db, 12, 1);
    delivery = testDelivery(db, { mostInFlight: 3 });
    delivery.far.answer = () => slowly(delivery);

    await delivery.deliver();

    assert.deepEqual([delivery.far.most.together, delivery.far.calls.length], [3, 12]);
  });

  it('lets no conversation wait for one that has much to be told', async () => {
    await fill(db, 1, 20);
    await addConversations(db, 'other');
    await want(db, key('other/0', 'other'));
    await setPost(db, 'other/0', { createdAt: START.add({ hours: 10 }) });

    await delivery.deliver();

    assert.ok(sent().indexOf('other/0') < 3, `${sent()}`);
  });

  it('sends what a person waits for before the bulk', async () => {
    await fill(db, 30, 1);
    await delivery.deliver();
    const before = sent().length;
    let shownAt = 0;
    delivery.far.answer = ({ message }) => {
      if (message?.summary === 'new 29') shownAt = delivery.time.nowMs();
    };
    for (let index = 0; index < 30; index += 1) {
      delivery.facts.set(`c${index}/0`, `new ${index}`);
      await stale(db, `c${index}/0`, index === 29);
    }

    const pressedAt = delivery.time.nowMs();

    await delivery.deliver();

    // A quarter of a second for what may come next, and a few turns for what the database takes; in its place among them it
    // would wait for twenty-six.
    assert.ok(
      shownAt > 0 && shownAt - pressedAt <= 250 + 6 * TURN_MS,
      `${shownAt - pressedAt} ms: ${sent().slice(before)}`,
    );
  });

  it('sees at once what becomes urgent while a call gets no answer', async () => {
    await fill(db, 2, 1);
    await delivery.deliver();
    delivery.facts.set('c0/0', 'silent');
    await stale(db, 'c0/0');
    const silence = new Promise<void>((answer) => {
      delivery.far.answer = async ({ to }) => {
        if (to === 'c1') return answer();
        delivery.facts.set('c1/0', 'pressed');
        await stale(db, 'c1/0', true);
        await silence;
      };
    });

    await delivery.deliver();

    assert.deepEqual(sent().slice(2), ['silent', 'pressed']);
  });

  it('waits with a conversation as long as Teams asked, and goes on with the others meanwhile', async () => {
    await fill(db, 2, 2);
    const start = delivery.time.nowMs();
    const at: Record<string, number> = {};
    delivery.far.answer = ({ message }) => {
      const summary = message?.summary ?? '';
      const isFirst = at.refused === undefined;
      at[summary] = (delivery.time.nowMs() - start) / 1_000;
      if (summary !== 'c0/0' || !isFirst) return;
      at.refused = at[summary];
      throw new ChatFailure('notAccepted', 'http.429', 'no', { retryAfterSeconds: 40 });
    };

    await delivery.settle();

    assert.ok((at['c0/0'] ?? 0) >= 40 && (at['c0/1'] ?? 0) >= 40, JSON.stringify(at));
    assert.ok((at['c1/0'] ?? 99) < 5 && (at['c1/1'] ?? 99) < 5, JSON.stringify(at));
    assert.deepEqual(delivery.far.shownIn('c0').toSorted(), ['c0/0', 'c0/1']);
  });

  it('does not send the same card over and over where its posting cannot be recorded', async () => {
    await fill(db, 2, 1);
    const onDelivery = (_db: Db, { subject }: { readonly subject: string }) =>
      subject === 'c0/0' ? Promise.reject(new Error('no')) : Promise.resolve();
    delivery = testDelivery(db, { onDelivery });

    await assert.rejects(delivery.deliver());

    assert.deepEqual(sent().toSorted(), ['c0/0', 'c1/0']);
    assert.equal((await postOf(db, 'c1/0')).state, 'posted');
  });

  it('takes a turn for each call, within Teams’ pace', async () => {
    await fill(db, 100, 1);
    const times: number[] = [];
    const { pacing } = delivery.deps;
    delivery = testDelivery(db, {
      pacing: {
        size: 0,
        waitFor: (...of) => pacing.waitFor(...of),
        pause: (...of) => pacing.pause(...of),
        note: (id, nowMs) => {
          times.push(nowMs);
          pacing.note(id, nowMs);
        },
      },
    });

    await delivery.deliver();

    const busiest = Math.max(
      ...times.map((at) => times.filter((one) => one >= at && one < at + 1_000).length),
    );
    assert.ok(busiest <= 50, `${busiest} in a second`);
    assert.deepEqual([times.length, delivery.far.calls.length], [100, 100]);
  });
});
