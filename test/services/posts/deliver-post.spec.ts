import assert from 'node:assert/strict';
import { deliverPost } from '../../../services/posts/deliver-post.ts';
import { holdPost } from '../../../services/posts/hold-post.ts';
import { recognise } from '../../../services/posts/twins.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { holdersOf, key, postOf, setPost, stale } from './delivery.ts';
import { type OneDelivery, openOneDelivery } from './one-delivery.ts';

forEachEngine('deliverPost', (engine) => {
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

  const read = () => delivery.read();
  const deliver = (mayGo = true) => delivery.deliverOne(mayGo);
  const shown = () => delivery.shown();
  const ops = () => delivery.ops();
  /** Somebody begins to work in the card, for two minutes. */
  async function hold(): Promise<void> {
    await holdPost(db, key('8A', 'c1'), 'anna', delivery.deps.clock.now().add({ minutes: 2 }));
  }

  it('posts first, and updates the same message after', async () => {
    assert.equal(await deliver(), 'shown');
    delivery.facts.set('8A', 'two are missing');
    await stale(db, '8A');

    assert.equal(await deliver(), 'shown');

    assert.deepEqual(
      [ops(), shown(), delivery.asked],
      [['post', 'update'], ['two are missing'], [false, true]],
    );
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

  it('leaves a first posting that is wanted anew since it was read: it may name whom it may not name any more', async () => {
    const post = await read();
    await stale(db, '8A');

    const { kind } = await deliverPost(delivery.deps, post, async () => true);

    assert.deepEqual([kind, ops()], ['left', []]);
    assert.equal(await deliver(), 'shown');
  });

  it('leaves an update that is wanted anew since it was read, and makes it where a person waits', async () => {
    await deliver();
    delivery.facts.set('8A', 'two are missing');
    for (const [isUrgent, outcome] of [
      [false, 'left'],
      [true, 'shown'],
    ] as const) {
      await stale(db, '8A', isUrgent);
      const post = await read();
      await stale(db, '8A', isUrgent);

      const { kind } = await deliverPost(delivery.deps, post, async () => true);

      assert.equal(kind, outcome);
    }
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
});
