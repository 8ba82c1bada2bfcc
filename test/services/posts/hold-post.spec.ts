import assert from 'node:assert/strict';
import { holdPost, letGoOfPost } from '../../../services/posts/hold-post.ts';
import type { Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { addConversations, key, postOf, START, setPost, want } from './delivery.ts';

const AT_WORK = START.add({ seconds: 20 });
const AS_ASKED = START.add({ minutes: 5 });

forEachEngine('a card that is held', (engine) => {
  let storage: Storage;
  before(async () => {
    storage = await engine.open();
    await addConversations(storage.db, 'c1');
    await want(storage.db, key('8A', 'c1'));
  });
  after(async () => await storage.close());

  it('waits for whoever works in it, and follows when they are done', async () => {
    const { db } = storage;
    await setPost(db, '8A', { state: 'posted', activityId: 'm1' });

    await holdPost(db, key('8A', 'c1'), AT_WORK);
    const held = await postOf(db, '8A');
    const hasMore = await letGoOfPost(db, key('8A', 'c1'));

    assert.deepEqual([held.notBefore?.equals(AT_WORK), hasMore], [true, true]);
    assert.equal((await postOf(db, '8A')).notBefore, null);
  });

  it('waits as long as Teams asked, whoever presses it meanwhile', async () => {
    const { db } = storage;
    await setPost(db, '8A', {
      state: 'posted',
      activityId: 'm1',
      errorCode: 'http.429',
      notBefore: AS_ASKED,
    });

    await holdPost(db, key('8A', 'c1'), AT_WORK);
    const hasMore = await letGoOfPost(db, key('8A', 'c1'));

    assert.deepEqual([(await postOf(db, '8A')).notBefore?.equals(AS_ASKED), hasMore], [true, false]);
  });
});
