import assert from 'node:assert/strict';
import { EHT_LIST, markEhtLists, markEhtPostsIn } from '../../../services/posts/eht-purposes.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { addConversations, DAY, key, POST_TABLES, postOf, setPost, want } from './delivery.ts';

forEachEngine('EHT’s lists', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => {
    await empty(db, POST_TABLES);
    await addConversations(db, 'room');
  });
  after(async () => await storage.close());

  const list = (day: typeof DAY) => ({ ...key(`north/${day}`, 'room', EHT_LIST), day });

  it('are wanted anew for some days, both ends included, and the others stay as they are', async () => {
    const days = [-3, -2, -1, 0].map((days) => DAY.add({ days }));
    await want(db, ...days.map(list), { ...list(DAY), subject: 'south', schoolId: 'south' });
    await setPost(db, `north/${DAY.subtract({ days: 2 })}`, { state: 'undelivered' });

    const some = { first: DAY.subtract({ days: 2 }), last: DAY.subtract({ days: 1 }) };
    await markEhtLists(db, 'north', some, { isUrgent: true });

    const of = async (subject: string) => {
      const { wantedVersion, isUrgent, state } = await postOf(db, subject);
      return [wantedVersion, isUrgent, state];
    };
    assert.deepEqual(await Promise.all([...days.map((day) => of(`north/${day}`)), of('south')]), [
      [1, false, 'waiting'],
      [2, true, 'waiting'],
      [2, true, 'waiting'],
      [1, false, 'waiting'],
      [1, false, 'waiting'],
    ]);
  });

  it('are wanted anew by several at the same time', async () => {
    const days = Array.from({ length: 100 }, (_, index) => DAY.subtract({ days: index }));
    for (const day of days) await want(db, list(day));
    const all = { first: DAY.subtract({ days: 99 }), last: DAY };
    const twice = () => [markEhtLists(db, 'north', all, { isUrgent: false }), markEhtPostsIn(db, ['room'])];

    await Promise.all([...twice(), ...twice(), ...twice(), ...twice()]);

    const versions = await db.selectFrom('post').select('wantedVersion').distinct().execute();
    assert.deepEqual(versions, [{ wantedVersion: 9 }]);
  });
});
