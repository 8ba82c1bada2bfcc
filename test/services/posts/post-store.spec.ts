import assert from 'node:assert/strict';
import type { PostRow } from '../../../services/posts/post.ts';
import {
  findPost,
  markShowing,
  markStale,
  reviveGivenUp,
  wantPosts,
} from '../../../services/posts/post-store.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { addConversations, key, POST_TABLES, postOf, START, setPost, stale, want } from './delivery.ts';

forEachEngine('the posts', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => {
    await empty(db, POST_TABLES);
    await addConversations(db, 'c1', 'c2');
  });
  after(async () => await storage.close());

  async function count(): Promise<number> {
    return (await db.selectFrom('post').select('id').execute()).length;
  }

  it('are there once, however often they are wanted, and each time stale', async () => {
    await want(db, key('8A', 'c1'));
    const first = await postOf(db, '8A');

    await want(db, key('8A', 'c1'));
    await want(db, key('8A', 'c1'));

    assert.equal(await count(), 1);
    const { id, wantedVersion, shownVersion, state } = await postOf(db, '8A');
    assert.deepEqual([id, wantedVersion, shownVersion, state], [first.id, 3, 0, 'waiting']);
  });

  it('are one where one call wants the same twice, as when two spellings of a group name one channel', async () => {
    await want(db, key('8A', 'c1'), key('8B', 'c1'), key('8A', 'c1'));

    assert.equal(await count(), 2);
  });

  it('are of their own for each conversation, subject and purpose', async () => {
    await want(db, key('8A', 'c1'), key('8A', 'c2'), key('8B', 'c1'), key('8A', 'c1', 'other'));

    assert.equal(await count(), 4);
  });

  it('can be wanted by the thousand', async () => {
    const keys = Array.from({ length: 4_500 }, (_, index) => key(`s${index}`, 'c1'));

    await wantPosts(db, keys, START);
    await wantPosts(db, keys, START);

    const [lowest] = await db.selectFrom('post').select('wantedVersion').distinct().execute();
    assert.deepEqual([await count(), lowest?.wantedVersion], [4_500, 2]);
  });

  it('can be wanted by two at the same time, in whatever order', async () => {
    const keys = Array.from({ length: 300 }, (_, index) => key(`s${index}`, 'c1'));

    await Promise.all([keys, keys.toReversed(), keys].map((some) => wantPosts(db, some, START)));

    const [lowest] = await db.selectFrom('post').select('wantedVersion').distinct().execute();
    assert.deepEqual([await count(), lowest?.wantedVersion], [300, 3]);
  });

  it('can be wanted when there are none', async () => {
    await wantPosts(db, [], START);

    assert.equal(await count(), 0);
  });

  it('become stale wherever they show the view, and nowhere else', async () => {
    await want(db, key('8A', 'c1'), key('8A', 'c2'), key('8B', 'c1'), key('8A', 'c1', 'other'));

    await markStale(db, { purpose: 'card', subjects: ['8A'] }, { isUrgent: false });
    await markStale(db, { purpose: 'card', subjects: [] }, { isUrgent: false });

    const rows = await db.selectFrom('post').selectAll().where('wantedVersion', '=', 2).execute();
    assert.deepEqual(rows.map((row) => `${row.purpose} ${row.subject} ${row.conversationId}`).sort(), [
      'card 8A c1',
      'card 8A c2',
    ]);
  });

  it('become stale by two at the same time, in whatever order they came to be', async () => {
    const subjects = Array.from({ length: 100 }, (_, index) => `s${index}`);
    for (const subject of subjects.toReversed()) await want(db, key(subject, 'c1'));
    const view = { purpose: 'card', subjects };
    const showing = { purpose: 'card', isUrgent: false };
    const twice = () => [
      markStale(db, view, { isUrgent: false }),
      markShowing(db, key('any', 'c1'), [showing]),
    ];

    await Promise.all([...twice(), ...twice(), ...twice(), ...twice()]);

    const [lowest] = await db.selectFrom('post').select('wantedVersion').distinct().execute();
    assert.deepEqual([await count(), lowest?.wantedVersion], [100, 9]);
  });

  it('stay urgent when something that is not urgent comes after', async () => {
    await want(db, key('8A', 'c1'));

    await stale(db, '8A', true);
    await stale(db, '8A');
    await want(db, key('8A', 'c1'));

    assert.equal((await postOf(db, '8A')).isUrgent, true);
  });

  const revivals: readonly (readonly [string, Partial<PostRow>, Partial<PostRow>])[] = [
    [
      'never posted',
      { state: 'undelivered', attempts: 12, notBefore: START },
      { state: 'waiting', attempts: 0, notBefore: null },
    ],
    [
      'in its channel',
      { state: 'undelivered', activityId: 'm1', attempts: 3, notBefore: START },
      { state: 'posted', attempts: 0, notBefore: null },
    ],
    [
      'only waiting',
      { state: 'waiting', attempts: 4, notBefore: START },
      { state: 'waiting', attempts: 4, notBefore: START },
    ],
    [
      'being posted',
      { state: 'posting', postingSince: START, attempts: 4, notBefore: START },
      { state: 'posting', attempts: 4, notBefore: START },
    ],
  ];
  const ways: readonly (readonly [string, () => Promise<void>])[] = [
    ['it is wanted again', () => want(db, key('8A', 'c1'))],
    ['it is stale', () => stale(db, '8A')],
    ['its conversation is', () => reviveGivenUp(db, ['c1'])],
  ];

  for (const [how, revive] of ways) {
    for (const [what, before, after] of revivals) {
      it(`tries a card that was ${what} ${after.attempts === 0 ? 'anew' : 'as before'} when ${how}`, async () => {
        await want(db, key('8A', 'c1'));
        await setPost(db, '8A', before);

        await revive();

        const { state, attempts, notBefore } = await postOf(db, '8A');
        assert.deepEqual(
          { state, attempts, notBefore: notBefore?.toString() },
          { state: after.state, attempts: after.attempts, notBefore: after.notBefore?.toString() },
        );
      });
    }
  }

  it('leave what was given up elsewhere', async () => {
    await want(db, key('8A', 'c1'), key('8B', 'c2'));
    await setPost(db, '8B', { state: 'undelivered' });

    await reviveGivenUp(db, ['c1']);
    await reviveGivenUp(db, []);

    assert.equal((await postOf(db, '8B')).state, 'undelivered');
  });

  it('are found by what they are', async () => {
    await want(db, key('8A', 'c1'), key('8A', 'c2'));

    const found = await findPost(db, key('8A', 'c2'));

    assert.equal(found?.conversationId, 'c2');
    assert.equal(await findPost(db, key('8A', 'c3')), undefined);
    assert.equal(await findPost(db, key('8A', 'c2', 'other')), undefined);
  });
});
