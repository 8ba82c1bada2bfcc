import assert from 'node:assert/strict';
import { ChatFailure } from '../../../services/posts/chat.ts';
import { type Delivered, deliverPost } from '../../../services/posts/deliver-post.ts';
import { holdPost } from '../../../services/posts/hold-post.ts';
import type { DeliveryListener } from '../../../services/posts/post.ts';
import { readStalePosts } from '../../../services/posts/stale-posts.ts';
import { recognise } from '../../../services/posts/twins.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import {
  addConversations,
  GRACE_SECONDS,
  holdersOf,
  key,
  POST_TABLES,
  postOf,
  setPost,
  stale,
  type TestDelivery,
  testDelivery,
  want,
} from './delivery.ts';

forEachEngine('deliverPost', (engine) => {
  let storage: Storage;
  let db: Db;
  let delivery: TestDelivery;
  let asked: boolean[];
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => {
    await empty(db, POST_TABLES);
    await addConversations(db, 'c1');
    await want(db, key('8A', 'c1'));
    delivery = testDelivery(db);
    asked = [];
  });
  after(async () => await storage.close());

  async function read() {
    const now = delivery.deps.clock.now();
    const unknownBefore = now.subtract({ seconds: GRACE_SECONDS });
    const [post] = await readStalePosts(db, { now, unknownBefore, busy: [], lastPurposes: [], most: 1 });
    assert.ok(post !== undefined, 'nothing is stale');
    return post;
  }

  /** Somebody begins to work in the card, for two minutes. */
  async function hold(): Promise<void> {
    await holdPost(db, key('8A', 'c1'), 'anna', delivery.deps.clock.now().add({ minutes: 2 }));
  }

  async function deliver(mayGo = true): Promise<Delivered['kind']> {
    const compose: TestDelivery['deps']['compose'] = async (post) => {
      asked.push(post.isShown);
      return await delivery.deps.compose(post);
    };
    const post = await read();
    return (await deliverPost({ ...delivery.deps, compose }, post, async () => mayGo)).kind;
  }

  const shown = () => delivery.far.shownIn('c1');
  const ops = () => delivery.far.calls.map(({ op }) => op);
  const failOnce = (error: Error, isStored = false) => {
    delivery.far.answer = (_call, store) => {
      if (isStored) store();
      delivery.far.answer = undefined;
      throw error;
    };
  };
  const timeout = () => new ChatFailure('unknown', 'network.timeout', 'no answer');

  it('posts first, and updates the same message after', async () => {
    assert.equal(await deliver(), 'shown');
    delivery.facts.set('8A', 'two are missing');
    await stale(db, '8A');

    assert.equal(await deliver(), 'shown');

    assert.deepEqual([ops(), shown(), asked], [['post', 'update'], ['two are missing'], [false, true]]);
  });

  it('sends nothing where the card would be the same', async () => {
    await deliver();
    await stale(db, '8A');

    assert.equal(await deliver(), 'unchanged');

    const { shownVersion, wantedVersion } = await postOf(db, '8A');
    assert.deepEqual([ops(), shownVersion], [['post'], wantedVersion]);
  });

  it('posts nothing where there is nothing to show, and the card as soon as there is', async () => {
    delivery.facts.set('8A', undefined);
    assert.equal(await deliver(), 'unchanged');
    delivery.facts.set('8A', 'one is missing');
    await stale(db, '8A');

    await deliver();

    assert.deepEqual([ops(), shown()], [['post'], ['one is missing']]);
  });

  it('leaves what is shown where there is nothing to show any more', async () => {
    await deliver();
    delivery.facts.set('8A', undefined);
    await stale(db, '8A');

    assert.equal(await deliver(), 'unchanged');

    const { activityId, state } = await postOf(db, '8A');
    assert.deepEqual([ops(), activityId, state], [['post'], 'm1', 'posted']);
  });

  it('asks for an empty card where an earlier posting may have arrived', async () => {
    failOnce(timeout(), true);
    await deliver();
    delivery.time.advance(10 * GRACE_SECONDS);

    await deliver();

    assert.deepEqual(asked, [false, true]);
  });

  it('shows again what was shown before an update in doubt, when the facts go back', async () => {
    await deliver();
    delivery.facts.set('8A', 'contacted');
    await stale(db, '8A');
    failOnce(timeout(), true);
    assert.equal(await deliver(), 'failed');
    delivery.facts.delete('8A');
    await stale(db, '8A');
    delivery.time.advance(2);

    await deliver();

    assert.deepEqual(shown(), ['8A']);
  });

  it('shows again what was shown before an update during which the process died', async () => {
    await deliver();
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
    void deliver();
    await reached;
    delivery.far.answer = undefined;
    delivery.facts.delete('8A');
    await stale(db, '8A');

    await deliver();

    assert.deepEqual(shown(), ['8A']);
  });

  it('posts anew what is gone', async () => {
    await deliver();
    delivery.far.lose('m1');
    delivery.facts.set('8A', 'two are missing');
    await stale(db, '8A');

    await deliver();
    await deliver();

    assert.deepEqual([ops(), shown()], [['post', 'update', 'post'], ['two are missing']]);
  });

  it('is held no more by whoever worked in a message that is gone', async () => {
    await deliver();
    delivery.far.lose('m1');
    delivery.facts.set('8A', 'two are missing');
    await stale(db, '8A');
    delivery.far.answer = hold;

    await deliver();

    assert.deepEqual(await holdersOf(db, '8A'), []);
  });

  it('begins nothing when no turn is given, and leaves the post as it was', async () => {
    assert.equal(await deliver(false), 'left');

    const { state, attempts } = await postOf(db, '8A');
    assert.deepEqual([ops(), state, attempts], [[], 'waiting', 0]);
  });

  it('leaves a posting that somebody else has begun', async () => {
    const post = await read();
    await setPost(db, '8A', { state: 'posting', postingSince: delivery.deps.clock.now() });

    const { kind } = await deliverPost(delivery.deps, post, async () => true);

    assert.deepEqual([kind, ops()], ['left', []]);
  });

  it('leaves a post whose message has changed hands, to be read again', async () => {
    await deliver();
    await stale(db, '8A');
    delivery.facts.set('8A', 'two are missing');
    const post = await read();
    await setPost(db, '8A', { activityId: 'm9' });

    const { kind } = await deliverPost(delivery.deps, post, async () => true);

    assert.deepEqual([kind, ops()], ['left', ['post']]);
  });

  it('leaves a message in which somebody has begun to work since it was read', async () => {
    await deliver();
    await stale(db, '8A');
    delivery.facts.set('8A', 'two are missing');
    const post = await read();
    await hold();

    const { kind } = await deliverPost(delivery.deps, post, async () => true);

    assert.deepEqual([kind, ops(), await holdersOf(db, '8A')], ['left', ['post'], ['anna']]);
  });

  it('is held as it stands where somebody begins to work in it while an update is on its way', async () => {
    await deliver();
    await stale(db, '8A');
    delivery.facts.set('8A', 'two are missing');
    delivery.far.answer = hold;

    await deliver();

    const { shownVersion, wantedVersion } = await postOf(db, '8A');
    assert.deepEqual([await holdersOf(db, '8A'), shownVersion], [['anna'], wantedVersion]);
  });

  it('keeps the message that is pressed while its posting has no answer yet', async () => {
    delivery.far.answer = async ({ id }) => {
      await recognise(db, await postOf(db, '8A'), id, delivery.deps.clock.now());
    };

    assert.equal(await deliver(), 'shown');

    const twins = await db.selectFrom('postTwin').selectAll().execute();
    assert.deepEqual([(await postOf(db, '8A')).activityId, twins.length], ['m1', 0]);
  });

  it('tries later what cannot be made, and sends nothing', async () => {
    delivery = testDelivery(db, { compose: () => Promise.reject(new Error('a template is broken')) });

    assert.equal(await deliver(), 'failed');

    const { state, errorCode, attempts } = await postOf(db, '8A');
    assert.deepEqual([ops(), state, errorCode, attempts], [[], 'waiting', 'card.failed', 1]);
  });

  it('holds in doubt whatever nobody foresaw in a call', async () => {
    failOnce(new TypeError('Cannot read properties of undefined'), true);

    assert.equal(await deliver(), 'failed');

    const { state, errorCode } = await postOf(db, '8A');
    assert.deepEqual([state, errorCode], ['posting', 'chat.failed']);
  });

  it('says how long a conversation is to be left alone', async () => {
    failOnce(new ChatFailure('notAccepted', 'http.429', 'no', { retryAfterSeconds: 9 }));

    const delivered = await deliverPost(delivery.deps, await read(), async () => true);

    assert.deepEqual(delivered, { kind: 'throttled', seconds: 9 });
  });

  it('fails where what goes with it cannot be recorded', async () => {
    const onDelivery: DeliveryListener = () => Promise.reject(new Error('no'));
    delivery = testDelivery(db, { onDelivery });

    await assert.rejects(deliver());

    assert.equal((await postOf(db, '8A')).state, 'posting');
  });
});
