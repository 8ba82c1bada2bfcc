import assert from 'node:assert/strict';
import type { DeliveryFailure } from '../../../services/posts/after-failure.ts';
import * as outcome from '../../../services/posts/delivery-outcome.ts';
import { recognise } from '../../../services/posts/twins.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { GRACE_SECONDS, postOf, START, setPost, stale } from './delivery.ts';
import { type OneOutcome, oneOutcome } from './one-outcome.ts';

const throttled: DeliveryFailure = { kind: 'notAccepted', code: 'http.429', retryAfterSeconds: 7 };

forEachEngine('how a delivery went', (engine) => {
  let storage: Storage;
  let db: Db;
  let one: OneOutcome;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => {
    one = await oneOutcome(db);
  });
  after(async () => await storage.close());

  describe('claimPosting', () => {
    it('lets one of many begin', async () => {
      const claims = await Promise.all(Array.from({ length: 8 }, one.claim));

      assert.deepEqual(claims.filter(Boolean), [true]);
      const { state, postingSince, attempts, suspectedTwins } = await postOf(db, '8A');
      assert.deepEqual([state, `${postingSince}`, attempts, suspectedTwins], ['posting', `${START}`, 1, 0]);
    });

    it('takes over after the grace, counts the copy that there may be, and lets only one', async () => {
      await one.claim();
      one.later(GRACE_SECONDS - 1);
      assert.equal(await one.claim(), false);
      one.later(1);

      const claims = await Promise.all([one.claim(), one.claim(), one.claim()]);

      assert.deepEqual(claims.filter(Boolean), [true]);
      assert.equal((await postOf(db, '8A')).suspectedTwins, 1);
    });

    it('suspects nothing after what was proven not to have arrived', async () => {
      await one.claim();
      await outcome.recordFailure(one.deps, await postOf(db, '8A'), throttled);

      assert.equal(await one.claim(), true);
      assert.equal((await postOf(db, '8A')).suspectedTwins, 0);
    });

    it('leaves what is there', async () => {
      await setPost(db, '8A', { activityId: 'm1', state: 'posted' });

      assert.equal(await one.claim(), false);
    });
  });

  describe('recordPosted', () => {
    it('keeps the id, and what was shown at which version', async () => {
      await one.claim();
      const post = await postOf(db, '8A');
      await stale(db, '8A', true);

      await outcome.recordPosted(one.deps, post, { activityId: 'm1', digest: 'd' });

      const after = await postOf(db, '8A');
      assert.deepEqual([after.activityId, after.state, after.shownDigest], ['m1', 'posted', 'd']);
      assert.deepEqual([after.shownVersion, after.wantedVersion, after.isUrgent], [1, 2, true]);
      assert.deepEqual([after.attempts, after.postingSince, one.told], [0, null, ['8A']]);
    });

    it('calls its own copy the twin where a press has shown that an earlier one arrived', async () => {
      await one.claim();
      one.later(GRACE_SECONDS);
      await one.claim();
      const post = await postOf(db, '8A');
      assert.equal(await recognise(db, post, 'm1', one.now()), 'adopted');

      await outcome.recordPosted(one.deps, post, { activityId: 'm2', digest: 'd' });

      const after = await postOf(db, '8A');
      assert.deepEqual([after.activityId, after.suspectedTwins, await one.twins()], ['m1', 0, ['m2']]);
      assert.ok(after.shownVersion < after.wantedVersion);
    });

    it('is content where the press was on the very copy', async () => {
      await one.claim();
      const post = await postOf(db, '8A');
      assert.equal(await recognise(db, post, 'm1', one.now()), 'adopted');

      await outcome.recordPosted(one.deps, post, { activityId: 'm1', digest: 'd' });

      assert.deepEqual([(await postOf(db, '8A')).activityId, await one.twins()], ['m1', []]);
    });

    it('comes with what the listener does, or not at all', async () => {
      await one.claim();
      const post = await postOf(db, '8A');
      const failing = { ...one.deps, onDelivery: () => Promise.reject(new Error('no')) };

      await assert.rejects(outcome.recordPosted(failing, post, { activityId: 'm1', digest: 'd' }));

      assert.equal((await postOf(db, '8A')).activityId, null);
    });
  });

  describe('recordUpdated', () => {
    it('sends again where another process updated the same message meanwhile', async () => {
      await setPost(db, '8A', { activityId: 'm1', state: 'posted' });
      const post = await postOf(db, '8A');

      await outcome.recordUpdated(one.deps, post, 'first');
      await outcome.recordUpdated(one.deps, post, 'second');

      const { shownVersion, wantedVersion, shownDigest } = await postOf(db, '8A');
      assert.deepEqual([shownVersion, wantedVersion, shownDigest], [1, 2, null]);
    });
  });

  describe('recordUnchanged', () => {
    it('tells the listener where it is the first time, or after a failure, and else not', async () => {
      await outcome.recordUnchanged(one.deps, await postOf(db, '8A'));
      await stale(db, '8A');
      await outcome.recordUnchanged(one.deps, await postOf(db, '8A'));
      await stale(db, '8A');
      await setPost(db, '8A', { errorCode: 'http.502' });
      await outcome.recordUnchanged(one.deps, await postOf(db, '8A'));

      const { state, shownVersion, wantedVersion, errorCode } = await postOf(db, '8A');
      assert.deepEqual([state, shownVersion, wantedVersion, errorCode], ['waiting', 3, 3, null]);
      assert.deepEqual(one.told, ['8A', '8A']);
    });

    it('counts the copy that there may be where a posting in doubt has nothing to show any more', async () => {
      await one.claim();

      await outcome.recordUnchanged(one.deps, await postOf(db, '8A'));

      const { state, suspectedTwins } = await postOf(db, '8A');
      assert.deepEqual([state, suspectedTwins], ['waiting', 1]);
    });
  });
});
