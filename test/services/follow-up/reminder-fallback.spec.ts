import assert from 'node:assert/strict';
import { onReminderDelivery } from '../../../services/follow-up/reminder-fallback.ts';
import { takeRungs } from '../../../services/follow-up/take-rungs.ts';
import type { PostRow } from '../../../services/posts/post.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { COORDINATOR_CHANNEL, channelId, clockTime, groupId } from '../../support/small-school.ts';
import { ANNA, BO } from '../../support/small-staff.ts';
import {
  addChat,
  addOpen,
  cardOf,
  chatOf,
  rungsAt,
  seedSchool,
  sentMessages,
  TABLES,
} from './reminder-school.ts';

forEachEngine('a reminder that did not reach somebody’s own chat', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => {
    await empty(db, TABLES);
    await seedSchool(db);
    await addChat(db, ANNA);
  });
  after(async () => await storage.close());

  const remind = async () => await takeRungs(rungsAt(db, '10:00').deps);
  const fails = async (post: PostRow) => await onReminderDelivery(db, post, clockTime('10:01'));
  /** How the delivery ends of what stands in a conversation. */
  async function ends(conversationId: string, state: PostRow['state']): Promise<PostRow> {
    return await db
      .updateTable('post')
      .set({ state, errorCode: state === 'undelivered' ? 'MessageWritesBlocked' : null })
      .where('purpose', '=', 'reminder')
      .where('conversationId', '=', conversationId)
      .returningAll()
      .executeTakeFirstOrThrow();
  }

  it('stands under each group’s card, of its own pupils and no others', async () => {
    await addOpen(db, 1);
    await addOpen(db, 2);
    await addOpen(db, 3, { groupId: groupId(1) });
    await remind();

    await fails(await ends(chatOf(ANNA), 'undelivered'));

    assert.deepEqual(await sentMessages(db), [
      `${channelId(0)} ${cardOf(0)} Anna: due 1, due 2`,
      `${channelId(1)} ${cardOf(1)} Anna: due 3`,
    ]);
  });

  it('goes to the coordinators, as such, of pupils whose group has no card', async () => {
    await db.updateTable('conversation').set({ state: 'broken' }).where('id', '=', channelId(1)).execute();
    await addOpen(db, 1);
    await addOpen(db, 2, { groupId: null });
    await addOpen(db, 3, { groupId: groupId(1) });
    await remind();

    await fails(await ends(chatOf(ANNA), 'undelivered'));

    assert.deepEqual(await sentMessages(db), [
      `${COORDINATOR_CHANNEL} - -: due 2, due 3`,
      `${channelId(0)} ${cardOf(0)} Anna: due 1`,
    ]);
  });

  it('is made up for once, however often the delivery is recorded', async () => {
    await addOpen(db, 1);
    await addOpen(db, 2, { groupId: groupId(1) });
    await remind();
    const failed = await ends(chatOf(ANNA), 'undelivered');

    for (let time = 0; time < 3; time += 1) await fails(failed);

    const batches = await db.selectFrom('reminderBatch').select('id').execute();
    const posts = await db.selectFrom('post').select('id').where('purpose', '=', 'reminder').execute();
    assert.deepEqual([batches.length, posts.length], [3, 3]);
  });

  it('is not made up for a second time where the thread refuses it too', async () => {
    await addOpen(db, 1);
    await remind();
    await fails(await ends(chatOf(ANNA), 'undelivered'));

    await fails(await ends(channelId(0), 'undelivered'));

    assert.deepEqual(await sentMessages(db), [`${channelId(0)} ${cardOf(0)} Anna: due 1`]);
  });

  it('keeps each rung taken, so that nobody is reminded again', async () => {
    await addOpen(db, 1);
    await remind();
    await fails(await ends(chatOf(ANNA), 'undelivered'));

    assert.equal(await remind(), 0);
  });

  it('stands as it is where there is nowhere else to post it', async () => {
    await db.deleteFrom('binding').execute();
    await addOpen(db, 1, { groupId: null });
    await remind();

    await fails(await ends(chatOf(ANNA), 'undelivered'));

    assert.deepEqual(await sentMessages(db), [`${chatOf(ANNA)} - Anna: due 1`]);
  });

  it('is no such thing while it is on its way', async () => {
    await addOpen(db, 1);
    await remind();

    await fails(await ends(chatOf(ANNA), 'waiting'));

    assert.deepEqual(await sentMessages(db), [`${chatOf(ANNA)} - Anna: due 1`]);
  });

  it('is no such thing where it was read, and could only not be brought up to date', async () => {
    await addOpen(db, 1);
    await remind();
    await db.updateTable('post').set({ activityId: 'm1' }).where('purpose', '=', 'reminder').execute();

    await fails(await ends(chatOf(ANNA), 'undelivered'));

    assert.deepEqual(await sentMessages(db), [`${chatOf(ANNA)} - Anna: due 1`]);
  });

  it('is put down where it went instead', async () => {
    await addChat(db, BO);
    const id = await addOpen(db, 1, { responsibleStaffId: BO });
    await remind();

    await fails(await ends(chatOf(BO), 'undelivered'));

    const rows = await db
      .selectFrom('audit')
      .select(['action', 'conversationId', 'details'])
      .orderBy('id')
      .execute();
    const own = rows.filter(({ details }) => JSON.stringify(details).includes(id));
    assert.deepEqual(
      own.map(({ action, conversationId }) => `${action} ${conversationId}`),
      [`reminder.sent ${chatOf(BO)}`, `reminder.sentInstead ${channelId(0)}`],
    );
  });
});
