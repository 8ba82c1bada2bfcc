import assert from 'node:assert/strict';
import type { KyselyPlugin } from 'kysely';
import { markStale } from '../../../services/posts/post-store.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { addConversations, key, POST_TABLES, postOf, testDelivery, want } from './delivery.ts';

/** Answers of reading queries come late: what was written meanwhile is not in them. */
const lateAnswers: KyselyPlugin = {
  transformQuery: ({ node, queryId }) => {
    if (node.kind === 'SelectQueryNode') reads.add(queryId);
    return node;
  },
  transformResult: async ({ result, queryId }) => {
    const turns = reads.has(queryId) ? 500 : 0;
    for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    return result;
  },
};
const reads = new WeakSet<object>();

forEachEngine('the last call of a run', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => await empty(db, POST_TABLES));
  after(async () => await storage.close());

  it('ends while the list is read, and what it made stale is delivered all the same', async () => {
    await addConversations(db, 'c0', 'office');
    await want(db, key('c0/0', 'c0'), key('school', 'office', 'summary'));
    const delivery = testDelivery(db.withPlugin(lateAnswers), {
      restSeconds: 0,
      onDelivery: async (trx, { purpose }) => {
        if (purpose === 'summary')
          await markStale(trx, { purpose: 'card', subjects: ['c0/0'] }, { isUrgent: false });
      },
    });

    await delivery.deliver();

    const { wantedVersion, shownVersion } = await postOf(db, 'c0/0');
    assert.deepEqual([wantedVersion, shownVersion, delivery.rings], [2, 2, []]);
  });
});
