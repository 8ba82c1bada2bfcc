import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { claimUpdate } from '../../../services/posts/delivery-outcome.ts';
import { endHolds, forgetEndedHolds, holdPost, letGoOfPost } from '../../../services/posts/hold-post.ts';
import { readStalePosts } from '../../../services/posts/stale-posts.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { addConversations, holdersOf, key, POST_TABLES, postOf, START, setPost, want } from './delivery.ts';

const CARD = key('8A', 'c1');
const later = (seconds: number) => START.add({ seconds });

forEachEngine('a card that is held', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => {
    await empty(db, POST_TABLES);
    await addConversations(db, 'c1');
    await want(db, CARD);
    await setPost(db, '8A', { state: 'posted', activityId: 'm1' });
  });
  after(async () => await storage.close());

  /** Whether it would be updated so many seconds after the start. */
  async function isDue(seconds: number): Promise<boolean> {
    const now = later(seconds);
    const query = { now, unknownBefore: now, busy: [], lastPurposes: [], most: 1 };
    return (await readStalePosts(db, query)).length > 0;
  }

  it('waits for whoever works in it, and follows when they are done', async () => {
    await holdPost(db, CARD, 'anna', later(20));

    assert.equal(await isDue(10), false);
    assert.equal(await letGoOfPost(db, CARD, 'anna'), true);
    assert.equal(await isDue(10), true);
  });

  it('waits for both who work in it: who is done first does not let it go for the other', async () => {
    await holdPost(db, CARD, 'anna', later(20));
    await holdPost(db, CARD, 'bo', later(15));

    await letGoOfPost(db, CARD, 'anna');

    assert.deepEqual([await holdersOf(db, '8A'), await isDue(10)], [['bo'], false]);
    await letGoOfPost(db, CARD, 'bo');
    assert.equal(await isDue(10), true);
  });

  it('does not wait for the disk: a hold is worth nothing after a crash', async () => {
    const { rows } = await sql<{
      relpersistence: string;
    }>`select relpersistence from pg_class where relname = 'post_hold'`.execute(db);

    assert.deepEqual(rows, [{ relpersistence: 'u' }]);
  });

  it('follows when the last of them has not come back in time', async () => {
    await holdPost(db, CARD, 'anna', later(20));
    await holdPost(db, CARD, 'bo', later(15));

    assert.deepEqual([await isDue(15), await isDue(19), await isDue(20)], [false, false, true]);
  });

  it('waits for longer where the same person presses again', async () => {
    await holdPost(db, CARD, 'anna', later(20));

    await holdPost(db, CARD, 'anna', later(40));

    assert.deepEqual([await isDue(30), await isDue(40)], [false, true]);
    await letGoOfPost(db, CARD, 'anna');
    assert.deepEqual(await holdersOf(db, '8A'), []);
  });

  it('has nothing to follow where nothing changed, or where whoever comes back held nothing', async () => {
    await holdPost(db, CARD, 'bo', later(20));
    assert.equal(await letGoOfPost(db, CARD, 'anna'), false);

    await setPost(db, '8A', { shownVersion: 1 });

    assert.equal(await letGoOfPost(db, CARD, 'bo'), false);
    assert.deepEqual(await holdersOf(db, '8A'), []);
  });

  it('waits as long as Teams asked, whoever works in it meanwhile', async () => {
    await setPost(db, '8A', { errorCode: 'http.429', notBefore: later(300) });

    await holdPost(db, CARD, 'anna', later(20));
    await letGoOfPost(db, CARD, 'anna');

    assert.equal(`${(await postOf(db, '8A')).notBefore}`, `${later(300)}`);
    assert.deepEqual([await isDue(299), await isDue(300)], [false, true]);
  });

  it('is one that has been posted: a first posting waits for nobody', async () => {
    await setPost(db, '8A', { state: 'waiting', activityId: null });
    await holdPost(db, CARD, 'anna', later(20));
    assert.deepEqual([await holdersOf(db, '8A'), await isDue(10)], [[], true]);

    await setPost(db, '8A', { state: 'posted', activityId: 'm1' });
    await holdPost(db, CARD, 'anna', later(20));
    await setPost(db, '8A', { state: 'waiting', activityId: null });

    assert.equal(await isDue(10), true);
  });

  it('is no other card', async () => {
    await addConversations(db, 'c2');
    await want(db, key('8A', 'c2'));
    await setPost(db, '8A', { state: 'posted', activityId: 'm1' });

    await holdPost(db, CARD, 'anna', later(20));

    const query = { now: later(10), unknownBefore: later(10), busy: [], lastPurposes: [], most: 2 };
    const due = await readStalePosts(db, query);
    assert.deepEqual(
      due.map(({ conversationId }) => conversationId),
      ['c2'],
    );
  });

  it('is given way to by an update that was about to begin', async () => {
    const post = { ...(await postOf(db, '8A')), activityId: 'm1' };
    await holdPost(db, CARD, 'anna', later(20));

    assert.equal(await claimUpdate(db, post, later(10)), false);
    assert.equal(await claimUpdate(db, post, later(20)), true);
  });

  it('is let go for everybody where it has to follow at once', async () => {
    await holdPost(db, CARD, 'anna', later(20));
    await holdPost(db, CARD, 'bo', later(20));

    await endHolds(db, [(await postOf(db, '8A')).id]);

    assert.equal(await isDue(10), true);
  });

  it('is kept by nobody who did not come back', async () => {
    await holdPost(db, CARD, 'anna', later(20));
    await holdPost(db, CARD, 'bo', later(21));

    await forgetEndedHolds(db, later(20));

    assert.deepEqual(await holdersOf(db, '8A'), ['bo']);
  });
});
