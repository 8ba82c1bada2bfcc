import assert from 'node:assert/strict';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { fill, POST_TABLES, testDelivery } from './delivery.ts';

/** As long as a school's facts may take to read: several turns at Teams' pace. */
const READING_MS = 150;

forEachEngine('cards made before their turn', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => await empty(db, POST_TABLES));
  after(async () => await storage.close());

  it('let no turn pass while the next school’s facts are read', async () => {
    await fill(db, 80, 1);
    const delivery = testDelivery(db);
    const sentAt: number[] = [];
    delivery.far.answer = () => void sentAt.push(delivery.time.nowMs());
    const { compose } = delivery.deps;
    let facts: Promise<void> | undefined;
    const patient = testDelivery(db, {
      ...delivery.deps,
      compose: async (post) => {
        // From here on every card waits for the same reading.
        if (Number.parseInt(post.subject.slice(1), 10) >= 40) {
          facts ??= delivery.time.delay(READING_MS);
          await facts;
        }
        return await compose(post);
      },
    });

    await patient.deliver();

    const gaps = sentAt.slice(1).map((at, index) => at - (sentAt[index] ?? at));
    assert.equal(sentAt.length, 80);
    assert.ok(Math.max(...gaps) < READING_MS / 2, gaps.join(' '));
  });
});
