import assert from 'node:assert/strict';
import { breakConversation } from '../../../services/posts/conversations.ts';
import { readDeliveryStatus } from '../../../services/posts/delivery-status.ts';
import { addTwin } from '../../../services/posts/twins.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { addConversations, key, POST_TABLES, postOf, START, setPost, want } from './delivery.ts';

forEachEngine('readDeliveryStatus', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => await empty(db, POST_TABLES));
  after(async () => await storage.close());

  it('has nothing to tell where there is nothing', async () => {
    assert.deepEqual(await readDeliveryStatus(db), {
      waiting: 0,
      undelivered: [],
      broken: [],
      suspectedTwins: 0,
      twinsToDelete: 0,
    });
  });

  it('tells what waits, and what was given up, by conversation and code', async () => {
    await addConversations(db, 'c1', 'c2');
    await want(db, ...['8A', '8B', '8C', '8D', '8E', '8F'].map((one) => key(one, one < '8E' ? 'c1' : 'c2')));
    await setPost(db, '8A', { shownVersion: 1 });
    await setPost(db, '8B', { state: 'undelivered', errorCode: 'MessageSizeTooBig' });
    await setPost(db, '8C', { state: 'undelivered', errorCode: 'MessageSizeTooBig' });
    await setPost(db, '8D', { state: 'undelivered', errorCode: 'card.failed' });
    await setPost(db, '8E', { state: 'undelivered' });

    const { waiting, undelivered } = await readDeliveryStatus(db);

    assert.equal(waiting, 1);
    assert.deepEqual(
      undelivered.map(({ conversationId, code, posts }) => [conversationId, code, posts]),
      [
        ['c1', 'MessageSizeTooBig', 2],
        ['c1', 'card.failed', 1],
        ['c2', 'unknown', 1],
      ],
    );
  });

  it('tells which conversations are broken, why and since when', async () => {
    await addConversations(db, 'c1', 'c2');
    await breakConversation(db, 'c2', 'BotDisabledByAdmin', START);

    const { broken } = await readDeliveryStatus(db);

    assert.deepEqual(
      broken.map(({ conversationId, code, at }) => [conversationId, code, `${at}`]),
      [['c2', 'BotDisabledByAdmin', `${START}`]],
    );
  });

  it('counts the copies that may exist, and those that are to be deleted', async () => {
    await addConversations(db, 'c1');
    await want(db, key('8A', 'c1'), key('8B', 'c1'));
    await setPost(db, '8A', { suspectedTwins: 2, activityId: 'm1' });
    await setPost(db, '8B', { suspectedTwins: 1 });
    await addTwin(db, await postOf(db, '8A'), 'm2', START);
    await addTwin(db, await postOf(db, '8A'), 'm0', START, START);

    const { suspectedTwins, twinsToDelete } = await readDeliveryStatus(db);

    assert.deepEqual([suspectedTwins, twinsToDelete], [2, 1]);
  });
});
