import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import type { DeliveryFailure } from '../../../services/posts/after-failure.ts';
import * as outcome from '../../../services/posts/delivery-outcome.ts';
import { recognise } from '../../../services/posts/twins.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { key, postOf, START, setPost, stale, want } from './delivery.ts';
import { type OneOutcome, oneOutcome } from './one-outcome.ts';

const refused: DeliveryFailure = { kind: 'refused', code: 'MessageSizeTooBig' };
const unknown: DeliveryFailure = { kind: 'unknown', code: 'network.timeout' };
const throttled: DeliveryFailure = { kind: 'notAccepted', code: 'http.429', retryAfterSeconds: 7 };

forEachEngine('recordFailure', (engine) => {
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

  it('leaves a posting in doubt as it is, until the grace is over', async () => {
    await one.claim();

    await outcome.recordFailure(one.deps, await postOf(db, '8A'), unknown);

    const { state, notBefore, errorCode, suspectedTwins } = await postOf(db, '8A');
    assert.deepEqual([state, errorCode, suspectedTwins], ['posting', 'network.timeout', 0]);
    assert.ok(notBefore !== null && Temporal.Instant.compare(notBefore, START) > 0);
  });

  it('changes nothing where a press has meanwhile shown that the message arrived', async () => {
    for (const failure of [unknown, throttled, refused]) {
      await setPost(db, '8A', { activityId: null, state: 'posting', postingSince: one.now() });
      const post = await postOf(db, '8A');
      await recognise(db, post, 'm1', one.now());

      await outcome.recordFailure(one.deps, post, failure);

      const { activityId, state, errorCode } = await postOf(db, '8A');
      assert.deepEqual([activityId, state, errorCode], ['m1', 'posted', null], failure.kind);
    }
  });

  it('gives up what is refused, unless it has changed since', async () => {
    const post = await postOf(db, '8A');
    await outcome.recordFailure(one.deps, post, refused);
    assert.equal((await postOf(db, '8A')).state, 'undelivered');

    await stale(db, '8A');
    const read = await postOf(db, '8A');
    await stale(db, '8A');
    await outcome.recordFailure(one.deps, read, refused);

    assert.deepEqual([(await postOf(db, '8A')).state, one.told], ['waiting', ['8A', '8A']]);
  });

  it('counts the copy that there may be when it gives up in doubt', async () => {
    await setPost(db, '8A', { attempts: 11, state: 'posting', postingSince: one.now() });

    await outcome.recordFailure(one.deps, await postOf(db, '8A'), unknown);

    const { state, suspectedTwins } = await postOf(db, '8A');
    assert.deepEqual([state, suspectedTwins], ['undelivered', 1]);
  });

  it('posts anew what is gone, and keeps the old one in mind', async () => {
    await setPost(db, '8A', { activityId: 'm1', state: 'posted', shownDigest: 'd' });
    const gone: DeliveryFailure = { kind: 'messageGone', code: 'ActivityNotFoundInConversation' };

    await outcome.recordFailure(one.deps, await postOf(db, '8A'), gone);

    const { activityId, state, shownDigest } = await postOf(db, '8A');
    assert.deepEqual(
      [activityId, state, shownDigest, await one.twins()],
      [null, 'waiting', null, ['m1 deleted']],
    );
  });

  it('holds everything that waits for the same conversation as long as Teams asked', async () => {
    await want(db, key('8B', 'c1'), key('8C', 'c1'), key('8D', 'c2'));
    await setPost(db, '8C', { notBefore: START.add({ seconds: 60 }) });

    await outcome.recordFailure(one.deps, await postOf(db, '8A'), throttled);

    const waits = await Promise.all(['8A', '8B', '8C', '8D'].map((subject) => postOf(db, subject)));
    assert.deepEqual(
      waits.map(({ notBefore }) => notBefore?.since(START).total('seconds')),
      [7, 7, 60, undefined],
    );
  });
});
