import assert from 'node:assert/strict';
import { holdPost } from '../../../services/posts/hold-post.ts';
import type { PostRow } from '../../../services/posts/post.ts';
import { nextTryAt, readStalePosts, type StaleQuery } from '../../../services/posts/stale-posts.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import {
  addConversations,
  GRACE_SECONDS,
  key,
  POST_TABLES,
  START,
  setPost,
  stale,
  want,
} from './delivery.ts';

const NOW = START.add({ hours: 1 });
const ago = (seconds: number) => NOW.subtract({ seconds });

forEachEngine('readStalePosts', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => {
    await empty(db, POST_TABLES);
    await addConversations(db, 'c1', 'c2', 'c3');
  });
  after(async () => await storage.close());

  async function subjects(query: Partial<StaleQuery> = {}): Promise<readonly string[]> {
    const posts = await readStalePosts(db, {
      now: NOW,
      unknownBefore: ago(GRACE_SECONDS),
      busy: [],
      lastPurposes: ['summary'],
      most: 100,
      ...query,
    });
    return posts.map((post) => post.subject);
  }

  async function wantAt(seconds: number, subject: string, conversation: string, purpose?: string) {
    await want(db, key(subject, conversation, purpose));
    await setPost(db, subject, { createdAt: START.add({ seconds }) });
  }

  it('gives one post of each conversation, in the order they came', async () => {
    await wantAt(3, '8C', 'c2');
    await wantAt(1, '8A', 'c1');
    await wantAt(2, '8B', 'c1');
    await wantAt(0, '9A', 'c3');

    assert.deepEqual(await subjects(), ['9A', '8A', '8C']);
    assert.deepEqual(await subjects({ most: 2 }), ['9A', '8A']);
  });

  it('puts first what a person waits for, within its conversation and before the others', async () => {
    await wantAt(0, '8A', 'c1');
    await wantAt(1, '8B', 'c1');
    await wantAt(2, '8C', 'c2');
    await wantAt(3, '8D', 'c3');
    await stale(db, '8B', true);
    await stale(db, '8D', true);

    assert.deepEqual(await subjects(), ['8B', '8D', '8C']);
  });

  it('puts last what sums up the others, within its conversation and behind the others', async () => {
    await wantAt(0, 'school', 'c1', 'summary');
    await wantAt(0, 'school 2', 'c2', 'summary');
    await wantAt(1, '8A', 'c2');
    await wantAt(2, '8B', 'c3');

    assert.deepEqual(await subjects(), ['8A', '8B', 'school']);
  });

  it('goes school by school, in the order in which they came, each with what sums it up behind it', async () => {
    await addConversations(db, 'c4', 'c5');
    const south = (subject: string, conversation: string, purpose?: string) =>
      want(db, { ...key(subject, conversation, purpose), schoolId: 'south' });
    await wantAt(1, '8A', 'c1');
    await south('9A', 'c2');
    await south('south', 'c3', 'summary');
    await wantAt(3, '8B', 'c4');
    await wantAt(1, 'north', 'c5', 'summary');
    await setPost(db, '9A', { createdAt: START.add({ seconds: 2 }) });
    await setPost(db, 'south', { createdAt: START.add({ seconds: 2 }) });

    assert.deepEqual(await subjects(), ['8A', '8B', 'north', '9A', 'south']);
  });

  it('gives, where only that is asked for, what a person waits for', async () => {
    await wantAt(0, '8A', 'c1');
    await wantAt(1, '8B', 'c1');
    await wantAt(2, '8C', 'c2');
    await stale(db, '8B', true);

    assert.deepEqual(await subjects({ isUrgentOnly: true }), ['8B']);
  });

  it('gives the address that a post goes to', async () => {
    await want(db, key('8A', 'c1'));

    const query = { now: NOW, unknownBefore: NOW, busy: [], lastPurposes: [], most: 1 };
    const [post] = await readStalePosts(db, query);

    assert.deepEqual(post?.address, {
      id: 'c1',
      kind: 'channel',
      tenantId: 'tenant-a',
      serviceUrl: 'http://127.0.0.1:1/',
      threadId: undefined,
    });
  });

  const rows: readonly (readonly [string, Partial<PostRow>, boolean, number | undefined])[] = [
    ['waits', { attempts: 0 }, true, 0],
    ['is shown as wanted', { shownVersion: 1 }, false, undefined],
    ['is behind', { shownVersion: 1, wantedVersion: 3, state: 'posted', activityId: 'm1' }, true, 0],
    ['was given up', { state: 'undelivered' }, false, undefined],
    ['may not go yet', { notBefore: NOW.add({ seconds: 5 }) }, false, 5],
    ['may go just now', { notBefore: NOW }, true, 0],
    ['is being posted', { state: 'posting', postingSince: ago(1) }, false, GRACE_SECONDS - 1],
    ['is in doubt for long enough', { state: 'posting', postingSince: ago(GRACE_SECONDS) }, true, 0],
    [
      'is in doubt and has to wait for longer',
      { state: 'posting', postingSince: ago(40), notBefore: NOW.add({ seconds: 20 }) },
      false,
      20,
    ],
    [
      'is in doubt since a moment, whatever it waited for before',
      { state: 'posting', postingSince: ago(10), notBefore: ago(100) },
      false,
      GRACE_SECONDS - 10,
    ],
  ];

  for (const [what, change, isGiven, tryInSeconds] of rows) {
    it(`${isGiven ? 'gives' : 'leaves'} what ${what}, and knows when to try it`, async () => {
      await want(db, key('8A', 'c1'));
      await setPost(db, '8A', change);

      assert.deepEqual(await subjects(), isGiven ? ['8A'] : []);
      const at = await nextTryAt(db, NOW, GRACE_SECONDS);
      const wanted = tryInSeconds === undefined ? undefined : NOW.add({ seconds: tryInSeconds });
      assert.equal(at?.toString(), wanted?.toString());
    });
  }

  it('leaves what somebody works in, and knows when the last of them is waited for no longer', async () => {
    await want(db, key('8A', 'c1'), key('8B', 'c2'));
    await setPost(db, '8A', { state: 'posted', activityId: 'm1' });
    await setPost(db, '8B', { state: 'posted', activityId: 'm2', shownVersion: 1 });
    await holdPost(db, key('8A', 'c1'), 'anna', NOW.add({ seconds: 20 }));
    await holdPost(db, key('8A', 'c1'), 'bo', NOW.add({ seconds: 7 }));
    await holdPost(db, key('8B', 'c2'), 'bo', NOW.add({ seconds: 3 }));

    assert.deepEqual(await subjects(), []);
    assert.equal(`${await nextTryAt(db, NOW, GRACE_SECONDS)}`, `${NOW.add({ seconds: 20 })}`);
  });

  it('waits as long as Teams asked where somebody works in it for a shorter while, and the other way round', async () => {
    await want(db, key('8A', 'c1'));
    await setPost(db, '8A', { state: 'posted', activityId: 'm1', notBefore: NOW.add({ seconds: 9 }) });

    await holdPost(db, key('8A', 'c1'), 'anna', NOW.add({ seconds: 5 }));
    assert.equal(`${await nextTryAt(db, NOW, GRACE_SECONDS)}`, `${NOW.add({ seconds: 9 })}`);
    await holdPost(db, key('8A', 'c1'), 'anna', NOW.add({ seconds: 12 }));
    assert.equal(`${await nextTryAt(db, NOW, GRACE_SECONDS)}`, `${NOW.add({ seconds: 12 })}`);
    assert.deepEqual(await subjects({ now: NOW.add({ seconds: 12 }) }), ['8A']);
  });

  it('never waits with a first posting for whoever works in what was posted before', async () => {
    await want(db, key('8A', 'c1'));
    await setPost(db, '8A', { state: 'posted', activityId: 'm1' });
    await holdPost(db, key('8A', 'c1'), 'anna', NOW.add({ seconds: 20 }));

    await setPost(db, '8A', { state: 'waiting', activityId: null });

    assert.deepEqual(await subjects(), ['8A']);
    assert.equal(`${await nextTryAt(db, NOW, GRACE_SECONDS)}`, `${NOW}`);
  });

  it('leaves a conversation where something is under way, and one that is broken', async () => {
    await want(db, key('8A', 'c1'), key('8B', 'c2'), key('8C', 'c3'));
    await db.updateTable('conversation').set({ state: 'broken' }).where('id', '=', 'c2').execute();

    assert.deepEqual(await subjects({ busy: ['c1'] }), ['8C']);
  });

  it('does not wait for what is in a broken conversation', async () => {
    await want(db, key('8A', 'c1'));
    await db.updateTable('conversation').set({ state: 'broken' }).execute();

    assert.equal(await nextTryAt(db, NOW, GRACE_SECONDS), undefined);
  });

  it('knows the soonest of several', async () => {
    await want(db, key('8A', 'c1'), key('8B', 'c2'));
    await setPost(db, '8A', { notBefore: NOW.add({ seconds: 50 }) });
    await setPost(db, '8B', { notBefore: NOW.add({ seconds: 7 }) });

    assert.equal(`${await nextTryAt(db, NOW, GRACE_SECONDS)}`, `${NOW.add({ seconds: 7 })}`);
  });

  it('passes over a post that waits, and gives the next of its conversation', async () => {
    await wantAt(0, '8A', 'c1');
    await wantAt(1, '8B', 'c1');
    await setPost(db, '8A', { notBefore: NOW.add({ seconds: 5 }) });

    assert.deepEqual(await subjects(), ['8B']);
  });
});
