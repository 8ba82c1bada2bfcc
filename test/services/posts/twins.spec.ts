import assert from 'node:assert/strict';
import { addTwin, recognise } from '../../../services/posts/twins.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { addConversations, key, POST_TABLES, postOf, START, setPost, want } from './delivery.ts';

forEachEngine('recognise', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => {
    await empty(db, POST_TABLES);
    await addConversations(db, 'c1', 'c2');
    await want(db, key('8A', 'c1'));
  });
  after(async () => await storage.close());

  async function press(messageId: string | undefined, subject = '8A') {
    return await recognise(db, await postOf(db, subject), messageId, START);
  }

  async function twins(): Promise<readonly string[]> {
    const rows = await db.selectFrom('postTwin').select('activityId').orderBy('activityId').execute();
    return rows.map((row) => row.activityId);
  }

  it('knows a post’s own message, and a press that does not say where it was', async () => {
    await setPost(db, '8A', { activityId: 'm1', state: 'posted' });

    assert.deepEqual([await press('m1'), await press(undefined), await twins()], ['own', 'own', []]);
  });

  it('adopts the message of a posting in doubt, and brings it up to date at once', async () => {
    await setPost(db, '8A', {
      state: 'posting',
      postingSince: START,
      notBefore: START.add({ hours: 1 }),
      attempts: 3,
      shownDigest: null,
    });

    assert.equal(await press('m1'), 'adopted');

    const post = await postOf(db, '8A');
    assert.deepEqual([post.activityId, post.state, post.attempts, post.notBefore], ['m1', 'posted', 0, null]);
    assert.ok(post.isUrgent && post.shownVersion < post.wantedVersion);
  });

  it('adopts also what had nothing more to show', async () => {
    await setPost(db, '8A', { shownVersion: 1 });

    assert.equal(await press('m1'), 'adopted');

    const post = await postOf(db, '8A');
    assert.ok(post.shownVersion < post.wantedVersion);
  });

  it('adopts one of two, pressed in the same moment, and calls the other the twin', async () => {
    const post = await postOf(db, '8A');

    const found = await Promise.all(['m1', 'm2'].map((id) => recognise(db, post, id, START)));

    assert.deepEqual([...found].sort(), ['adopted', 'twin']);
    assert.equal((await twins()).length, 1);
    assert.notEqual((await twins())[0], (await postOf(db, '8A')).activityId);
  });

  it('remembers a twin, once, and has no suspicion left', async () => {
    await setPost(db, '8A', { activityId: 'm1', state: 'posted', suspectedTwins: 1 });

    assert.deepEqual([await press('m2'), await press('m2'), await press('m3')], ['twin', 'twin', 'twin']);

    assert.deepEqual([await twins(), (await postOf(db, '8A')).suspectedTwins], [['m2', 'm3'], 0]);
  });

  it('does not take the card itself for a twin where its id was recorded while it was being pressed', async () => {
    await setPost(db, '8A', { state: 'posting', postingSince: START });
    const read = await postOf(db, '8A');
    await setPost(db, '8A', { activityId: 'm1', state: 'posted' });

    assert.equal(await recognise(db, read, 'm1', START), 'own');

    assert.deepEqual(await twins(), []);
  });

  it('takes another card’s message for neither a twin nor the message in doubt', async () => {
    await want(db, key('8B', 'c1'));
    await setPost(db, '8B', { activityId: 'm2', state: 'posted' });

    assert.equal(await press('m2'), 'own');

    assert.deepEqual([(await postOf(db, '8A')).activityId, await twins()], [null, []]);
  });

  it('tries a twin again that shows itself again, and leaves one that is gone', async () => {
    await setPost(db, '8A', { activityId: 'm1', state: 'posted' });
    const post = await postOf(db, '8A');
    await addTwin(db, post, 'm2', START);
    await addTwin(db, post, 'm3', START, START);

    const hourLater = START.add({ hours: 1 });
    await recognise(db, post, 'm2', hourLater);
    await recognise(db, post, 'm3', hourLater);

    const rows = await db.selectFrom('postTwin').selectAll().orderBy('activityId').execute();
    assert.deepEqual(
      rows.map(({ foundAt, deletedAt }) => [`${foundAt}`, deletedAt !== null]),
      [
        [`${hourLater}`, false],
        [`${START}`, true],
      ],
    );
  });
});
