import assert from 'node:assert/strict';
import { answerHeard, hearMessage } from '../../../services/posts/heard-messages.ts';
import type { Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { clockTime } from '../../support/small-school.ts';

forEachEngine('a message', (engine) => {
  let storage: Storage;
  beforeEach(async () => {
    storage = await engine.open();
  });
  afterEach(() => storage.close());

  const heard = async (activityId: string, time = '08:00', conversationId = 'a:anna', by?: string) =>
    await hearMessage(storage.db, { conversationId, activityId }, clockTime(time), by);

  it('is new once, and in each conversation by itself', async () => {
    const told = [
      await heard('m1'),
      await heard('m1'),
      await heard('m2'),
      await heard('m1', '08:00', 'a:bo'),
    ];

    assert.deepEqual(told, ['new', 'known', 'new', 'new']);
  });

  it('is new to one of those who hear it in the same moment', async () => {
    const told = await Promise.all(Array.from({ length: 8 }, () => heard('m1')));

    assert.equal(told.filter((one) => one === 'new').length, 1);
  });

  it('is remembered for as long as Teams may send it again, and no longer', async () => {
    await heard('m1');

    const again = await heard('m1', '08:59');
    await heard('m2', '09:01');

    const rows = await storage.db.selectFrom('heardMessage').select('activityId').execute();
    assert.equal(again, 'known');
    assert.deepEqual(rows, [{ activityId: 'm2' }]);
  });

  describe('that a process was at when it went down', () => {
    const heardAfter = async (seconds: number, by = 'next') => {
      const now = clockTime('08:00').add({ seconds });
      return await hearMessage(storage.db, { conversationId: 'a:anna', activityId: 'm1' }, now, by);
    };
    beforeEach(() => heard('m1', '08:00', 'a:anna', 'gone'));

    it('is left to the one who hears it next, and to nobody after that', async () => {
      assert.deepEqual(
        [await heardAfter(3), await heardAfter(4), await heardAfter(10)],
        ['left', 'known', 'known'],
      );
    });

    it('is left to one of those who hear it next in the same moment', async () => {
      const told = await Promise.all(['a', 'b', 'c'].map((by) => heardAfter(5, by)));

      assert.deepEqual(told.toSorted(), ['known', 'known', 'left']);
    });

    it('may still be at it for a moment', async () => {
      assert.equal(await heardAfter(2), 'known');
    });

    it('is answered where it came so far', async () => {
      await answerHeard(storage.db, { conversationId: 'a:anna', activityId: 'm1' }, clockTime('08:00'));

      assert.equal(await heardAfter(10), 'known');
    });
  });
});
