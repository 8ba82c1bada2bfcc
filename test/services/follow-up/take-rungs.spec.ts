import assert from 'node:assert/strict';
import { takeRungs } from '../../../services/follow-up/take-rungs.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { COORDINATOR_CHANNEL, channelId, clockTime, groupId, MONDAY } from '../../support/small-school.ts';
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

forEachEngine('takeRungs', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => {
    await empty(db, TABLES);
    await seedSchool(db);
  });
  after(async () => await storage.close());

  const take = async (time: string, away: readonly string[] = []) =>
    await takeRungs(rungsAt(db, time, away).deps);

  it('sends one message to each person, in their own chat, of all their pupils', async () => {
    await addChat(db, ANNA);
    await addChat(db, BO);
    await addOpen(db, 1);
    await addOpen(db, 2, { groupId: groupId(1) });
    await addOpen(db, 3, { responsibleStaffId: BO });

    const sent = await take('10:00');

    assert.equal(sent, 2);
    assert.deepEqual(await sentMessages(db), [
      `${chatOf(ANNA)} - Anna: due 1, due 2`,
      `${chatOf(BO)} - Bo: due 3`,
    ]);
  });

  it('answers under each group’s card whoever has no chat with Sedd', async () => {
    await addOpen(db, 1);
    await addOpen(db, 2, { groupId: groupId(1) });

    await take('10:00');

    assert.deepEqual(await sentMessages(db), [
      `${channelId(0)} ${cardOf(0)} Anna: due 1`,
      `${channelId(1)} ${cardOf(1)} Anna: due 2`,
    ]);
  });

  it('does not write to a chat that is blocked', async () => {
    await addChat(db, ANNA);
    await db.updateTable('conversation').set({ state: 'broken' }).where('id', '=', chatOf(ANNA)).execute();
    await addOpen(db, 1);

    await take('10:00');

    assert.deepEqual(await sentMessages(db), [`${channelId(0)} ${cardOf(0)} Anna: due 1`]);
  });

  it('tells the coordinators, as such, where there is neither a chat nor a card, or nobody who answers for it', async () => {
    await addOpen(db, 1, { groupId: null });
    await addOpen(db, 2, { responsibleStaffId: null });

    await take('10:00');

    assert.deepEqual(await sentMessages(db), [`${COORDINATOR_CHANNEL} - -: due 1, due 2`]);
  });

  it('tells the coordinators of somebody who is away', async () => {
    await addChat(db, ANNA);
    await addOpen(db, 1);

    await take('10:00', [ANNA]);

    assert.deepEqual(await sentMessages(db), [`${COORDINATOR_CHANNEL} - -: due 1`]);
  });

  it('keeps a rung for when there is somebody to tell', async () => {
    await db.deleteFrom('binding').execute();
    await addOpen(db, 1, { responsibleStaffId: null });

    const before = await take('10:00');
    await addChat(db, BO);
    await db.updateTable('followUp').set({ responsibleStaffId: BO }).execute();
    const after = await take('10:05');

    assert.deepEqual([before, after], [0, 1]);
  });

  it('takes each rung once, however often it looks, and rings once for each that it takes', async () => {
    await addChat(db, ANNA);
    await addOpen(db, 1);
    const morning = rungsAt(db, '10:00');
    const noon = rungsAt(db, '12:00');

    for (const { deps } of [morning, morning, noon, noon]) await takeRungs(deps);

    assert.deepEqual(
      await sentMessages(db),
      [`${COORDINATOR_CHANNEL} - -: escalated 1`, `${chatOf(ANNA)} - Anna: due 1`].toSorted(),
    );
    assert.deepEqual([morning.rung, noon.rung], [['deliver'], ['deliver']]);
  });

  it('takes each rung once where several replicas look in the same second', async () => {
    await addChat(db, ANNA);
    for (let number = 1; number <= 20; number += 1) await addOpen(db, number);

    const sent = await Promise.all(Array.from({ length: 8 }, () => take('12:00')));

    assert.equal(
      sent.reduce((sum, each) => sum + each, 0),
      2,
    );
    const batches = await db.selectFrom('reminderBatch').select('rung').orderBy('rung').execute();
    assert.deepEqual(
      batches.map(({ rung }) => rung),
      ['due', 'escalated'],
    );
    assert.equal((await db.selectFrom('reminder').select('rung').execute()).length, 40);
  });

  it('says of a protected pupil nothing but to the coordinators', async () => {
    await addChat(db, ANNA);
    await addOpen(db, 1, { isProtected: true });

    const early = await take('10:00');
    await take('12:00');

    assert.equal(early, 0);
    assert.deepEqual(await sentMessages(db), [`${COORDINATOR_CHANNEL} - -: escalated 1`]);
  });

  const states = [
    { state: 'started', startedAt: '09:58', isWaited: true },
    { state: 'failed', startedAt: '09:58', isWaited: true },
    { state: 'done', startedAt: '09:58', isWaited: false },
    { state: 'started', startedAt: '09:44', isWaited: false },
  ] as const;
  for (const { state, startedAt, isWaited } of states) {
    it(`${isWaited ? 'waits for' : 'does not wait for'} a refresh that is ${state} since ${startedAt}`, async () => {
      await addChat(db, ANNA);
      await addOpen(db, 1);
      await db
        .insertInto('jobRun')
        .values({ schoolId: 'norr', day: MONDAY, job: 'refresh', state, startedAt: clockTime(startedAt) })
        .execute();

      assert.equal(await take('10:00'), isWaited ? 0 : 1);
    });
  }

  it('says nothing of what somebody has handled', async () => {
    await addChat(db, ANNA);
    await addOpen(db, 1, { state: 'closed', closedAt: clockTime('09:00'), closedReason: 'arrived' });

    assert.equal(await take('15:00'), 0);
  });

  it('puts down whom it reminded of what, by id', async () => {
    await addChat(db, ANNA);
    const id = await addOpen(db, 1);

    await take('10:00');

    const rows = await db
      .selectFrom('audit')
      .select(['actorId', 'action', 'conversationId', 'details'])
      .execute();
    const own = rows.filter(({ details }) => JSON.stringify(details).includes(id));
    assert.deepEqual(own, [
      {
        actorId: 'sedd',
        action: 'reminder.sent',
        conversationId: chatOf(ANNA),
        details: { staff: ANNA, followUps: [{ followUpId: id, rung: 'due' }] },
      },
    ]);
  });
});
