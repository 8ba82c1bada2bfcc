import assert from 'node:assert/strict';
import { isNewMessage } from '../../../services/posts/heard-messages.ts';
import type { Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { clockTime } from '../../support/small-school.ts';

forEachEngine('a message', (engine) => {
  let storage: Storage;
  beforeEach(async () => {
    storage = await engine.open();
  });
  afterEach(() => storage.close());

  const isNew = async (activityId: string, time = '08:00', conversationId = 'a:anna') =>
    await isNewMessage(storage.db, { conversationId, activityId }, clockTime(time));

  it('is new once, and in each conversation by itself', async () => {
    const told = [
      await isNew('m1'),
      await isNew('m1'),
      await isNew('m2'),
      await isNew('m1', '08:00', 'a:bo'),
    ];

    assert.deepEqual(told, [true, false, true, true]);
  });

  it('is new to one of those who hear it in the same moment', async () => {
    const told = await Promise.all(Array.from({ length: 8 }, () => isNew('m1')));

    assert.equal(told.filter(Boolean).length, 1);
  });

  it('is remembered for as long as Teams may send it again, and no longer', async () => {
    await isNew('m1');

    const again = await isNew('m1', '08:59');
    await isNew('m2', '09:01');

    const rows = await storage.db.selectFrom('heardMessage').select('activityId').execute();
    assert.equal(again, false);
    assert.deepEqual(rows, [{ activityId: 'm2' }]);
  });
});
