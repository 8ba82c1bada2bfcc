import assert from 'node:assert/strict';
import type { DeliverDeps } from '../../../services/posts/deliver.ts';
import { type Delivered, deliverPost } from '../../../services/posts/deliver-post.ts';
import { thisMoment } from '../../../services/posts/moments.ts';
import { readStalePosts } from '../../../services/posts/stale-posts.ts';
import type { Db } from '../../../services/storage/database.ts';
import { empty } from '../../support/dump.ts';
import { addConversations, GRACE_SECONDS, key, POST_TABLES, testDelivery, want } from './delivery.ts';

export type OneDelivery = ReturnType<typeof oneDelivery>;

/** A deliverer over the post of 8A in c1, and nothing else. */
export async function openOneDelivery(db: Db): Promise<OneDelivery> {
  await empty(db, POST_TABLES);
  await addConversations(db, 'c1');
  await want(db, key('8A', 'c1'));
  return oneDelivery(db);
}

/** Another deliverer over the same post. */
export function oneDelivery(db: Db, more: Partial<DeliverDeps> = {}) {
  const delivery = testDelivery(db, more);
  const asked: boolean[] = [];
  const compose: DeliverDeps['compose'] = async (post) => {
    asked.push(post.isShown);
    return await delivery.deps.compose(post);
  };
  async function read() {
    const now = delivery.deps.clock.now();
    const unknownBefore = now.subtract({ seconds: GRACE_SECONDS });
    const [post] = await readStalePosts(db, { now, unknownBefore, busy: [], lastPurposes: [], most: 1 });
    assert.ok(post !== undefined, 'nothing is stale');
    return { ...post, seenAt: thisMoment(), alike: 0 };
  }
  return {
    ...delivery,
    /** Of each card that was asked for, whether one may be shown already. */
    asked,
    /** The post, as whoever delivers it reads it. */
    read,
    deliverOne: async (mayGo = true): Promise<Delivered['kind']> =>
      (await deliverPost({ ...delivery.deps, compose }, await read(), async () => mayGo)).kind,
    shown: () => delivery.far.shownIn('c1'),
    ops: delivery.ops,
  };
}
