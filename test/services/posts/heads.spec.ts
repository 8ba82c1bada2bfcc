import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { Heads } from '../../../services/posts/heads.ts';
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

forEachEngine('the posts that wait', (engine) => {
  let storage: Storage;
  let db: Db;
  let heads: Heads;
  let now: Temporal.Instant;

  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => {
    await empty(db, POST_TABLES);
    await addConversations(db, 'c1', 'c2', 'c3');
    heads = new Heads({ db, graceSeconds: GRACE_SECONDS, lastPurposes: ['summary'] });
    now = START.add({ hours: 1 });
  });
  after(async () => await storage.close());

  async function wantInOrder(...posts: readonly (readonly [string, string])[]): Promise<void> {
    for (const [index, [subject, conversation]] of posts.entries()) {
      await want(db, key(subject, conversation));
      await setPost(db, subject, { createdAt: START.add({ seconds: index }) });
    }
  }

  async function later(ms: number, busy: readonly string[] = []): Promise<readonly string[]> {
    now = now.add({ milliseconds: ms });
    await heads.refresh(now, busy);
    return [...heads].map(({ subject }) => subject);
  }

  function head(subject: string) {
    const found = [...heads].find((post) => post.subject === subject);
    assert.ok(found !== undefined, `${subject} does not wait`);
    return found;
  }

  it('are read again when they are used up, and after a second', async () => {
    await wantInOrder(['8A', 'c1'], ['8B', 'c2']);
    assert.deepEqual(await later(0), ['8A', '8B']);
    heads.take(head('8A'));
    await wantInOrder(['8C', 'c3']);

    assert.deepEqual(await later(999), ['8B']);
    assert.deepEqual((await later(1)).toSorted(), ['8A', '8B', '8C']);
    for (const post of [...heads]) heads.take(post);
    assert.equal((await later(0)).length, 3);
  });

  it('let what has become urgent go first, in the place of what waits in its conversation', async () => {
    await wantInOrder(['8A', 'c1'], ['8B', 'c2'], ['8C', 'c2']);
    await later(0);
    await stale(db, '8C', true);

    assert.deepEqual(await later(249), ['8A', '8B']);
    assert.deepEqual(await later(1), ['8C', '8A']);
  });

  it('take nothing up where something is under way', async () => {
    await wantInOrder(['8A', 'c1'], ['8B', 'c2']);
    await stale(db, '8B', true);

    assert.deepEqual(await later(0, ['c1']), ['8B']);
    assert.deepEqual(await later(250, ['c1', 'c2']), ['8B']);
    assert.deepEqual(await later(750, ['c2']), ['8A']);
  });

  it('were seen when they were first read as they are, and anew when they are wanted for more', async () => {
    await wantInOrder(['8A', 'c1'], ['8B', 'c2']);
    await later(0);
    const first = [head('8A').seenAt, head('8B').seenAt];
    await stale(db, '8B');

    await later(1_000);

    assert.equal(head('8A').seenAt, first[0]);
    assert.ok(head('8B').seenAt > (first[1] ?? Number.NaN));
  });

  it('know how many more are like one: of the same purpose, school and day, with nobody waiting', async () => {
    await addConversations(db, 'c4', 'c5', 'c6');
    await want(db, key('8A', 'c1'), key('8B', 'c2'), key('8C', 'c3'), key('8D', 'c4', 'other'));
    await want(
      db,
      { ...key('9A', 'c5'), schoolId: 'south' },
      { ...key('9B', 'c6'), day: Temporal.PlainDate.from('2026-11-24') },
    );
    await stale(db, '8C', true);
    await later(0);

    const [taken, urgent] = [head('8A'), head('8C')];
    heads.take(taken);

    assert.deepEqual([heads.alikeTo(taken), heads.alikeTo(urgent)], [1, 0]);
  });
});
