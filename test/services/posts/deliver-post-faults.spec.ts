import assert from 'node:assert/strict';
import { ChatFailure } from '../../../services/posts/chat.ts';
import { deliverPost } from '../../../services/posts/deliver-post.ts';
import type { DeliveryListener } from '../../../services/posts/post.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { GRACE_SECONDS, postOf, stale } from './delivery.ts';
import { type OneDelivery, oneDelivery, openOneDelivery } from './one-delivery.ts';

forEachEngine('deliverPost, where something fails', (engine) => {
  let storage: Storage;
  let db: Db;
  let delivery: OneDelivery;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => {
    delivery = await openOneDelivery(db);
  });
  after(async () => await storage.close());

  const failOnce = (error: Error, isStored = false) => {
    delivery.far.answer = (_call, store) => {
      if (isStored) store();
      delivery.far.answer = undefined;
      throw error;
    };
  };
  const timeout = () => new ChatFailure('unknown', 'network.timeout', 'no answer');

  it('asks for an empty card where an earlier posting may have arrived', async () => {
    failOnce(timeout(), true);
    await delivery.deliverOne();
    delivery.time.advance(10 * GRACE_SECONDS);

    await delivery.deliverOne();

    assert.deepEqual(delivery.asked, [false, true]);
  });

  it('shows again what was shown before an update in doubt, when the facts go back', async () => {
    await delivery.deliverOne();
    delivery.facts.set('8A', 'contacted');
    await stale(db, '8A');
    failOnce(timeout(), true);
    assert.equal(await delivery.deliverOne(), 'failed');
    delivery.facts.delete('8A');
    await stale(db, '8A');
    delivery.time.advance(2);

    await delivery.deliverOne();

    assert.deepEqual(delivery.shown(), ['8A']);
  });

  it('shows again what was shown before an update during which the process died', async () => {
    await delivery.deliverOne();
    delivery.facts.set('8A', 'contacted');
    await stale(db, '8A');
    const dying = new Promise<void>(() => {});
    const reached = new Promise<void>((resolve) => {
      delivery.far.answer = async (_call, store) => {
        store();
        resolve();
        await dying;
      };
    });
    void delivery.deliverOne();
    await reached;
    delivery.far.answer = undefined;
    delivery.facts.delete('8A');
    await stale(db, '8A');

    await delivery.deliverOne();

    assert.deepEqual(delivery.shown(), ['8A']);
  });

  it('tries later what cannot be made, and sends nothing', async () => {
    delivery = oneDelivery(db, { compose: () => Promise.reject(new Error('a template is broken')) });

    assert.equal(await delivery.deliverOne(), 'failed');

    const { state, errorCode, attempts } = await postOf(db, '8A');
    assert.deepEqual([delivery.ops(), state, errorCode, attempts], [[], 'waiting', 'card.failed', 1]);
  });

  it('holds in doubt whatever nobody foresaw in a call', async () => {
    failOnce(new TypeError('Cannot read properties of undefined'), true);

    assert.equal(await delivery.deliverOne(), 'failed');

    const { state, errorCode } = await postOf(db, '8A');
    assert.deepEqual([state, errorCode], ['posting', 'chat.failed']);
  });

  it('says how long a conversation is to be left alone', async () => {
    failOnce(new ChatFailure('notAccepted', 'http.429', 'no', { retryAfterSeconds: 9 }));

    const delivered = await deliverPost(delivery.deps, await delivery.read(), async () => true);

    assert.deepEqual(delivered, { kind: 'throttled', seconds: 9 });
  });

  it('fails where what goes with it cannot be recorded', async () => {
    const onDelivery: DeliveryListener = () => Promise.reject(new Error('no'));
    delivery = oneDelivery(db, { onDelivery });

    await assert.rejects(delivery.deliverOne());

    assert.equal((await postOf(db, '8A')).state, 'posting');
  });
});
