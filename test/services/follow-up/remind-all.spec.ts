import assert from 'node:assert/strict';
import { remindAll } from '../../../services/follow-up/remind-all.ts';
import { takeRungs } from '../../../services/follow-up/take-rungs.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { COORDINATOR_CHANNEL, clockTime, MONDAY } from '../../support/small-school.ts';
import { ANNA, BO } from '../../support/small-staff.ts';
import { doer } from './follow-ups.ts';
import { addChat, addOpen, chatOf, rungsAt, seedSchool, sentMessages, TABLES } from './reminder-school.ts';

const KARIN = doer('Karin Koord');

forEachEngine('remindAll', (engine) => {
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
    await addChat(db, BO);
  });
  after(async () => await storage.close());

  const remind = async (time: string, who = KARIN, away: readonly string[] = []) => {
    const { deps, school } = rungsAt(db, time, away);
    return await remindAll(deps, school, MONDAY, who);
  };
  /** What was asked, without the time that each asking is known by. */
  const messages = async () => (await sentMessages(db)).map((each) => each.replaceAll(/asked:\d+/g, 'asked'));

  it('reminds each once of all that they answer for, before it is due as well', async () => {
    await addOpen(db, 1);
    await addOpen(db, 2);
    await addOpen(db, 3, { responsibleStaffId: BO });

    const sent = await remind('09:00');

    assert.equal(sent, 2);
    assert.deepEqual(await messages(), [
      `${chatOf(ANNA)} - Anna: asked 1, asked 2`,
      `${chatOf(BO)} - Bo: asked 3`,
    ]);
  });

  it('reminds nobody of what they ask about themselves, of nobody’s, of what is handled or of protected pupils', async () => {
    await addOpen(db, 1);
    await addOpen(db, 2, { responsibleStaffId: null });
    await addOpen(db, 3, { responsibleStaffId: BO, state: 'closed' });
    await addOpen(db, 4, { responsibleStaffId: BO, isProtected: true });
    await addOpen(db, 5, { responsibleStaffId: BO, day: MONDAY.subtract({ days: 3 }) });
    await addOpen(db, 6, { responsibleStaffId: BO, schoolId: 'soder' });

    assert.equal(await remind('09:00', doer('Anna Berg', ANNA)), 0);
    assert.deepEqual(await messages(), []);
  });

  it('tells the coordinators of whoever is away, and does not write to them', async () => {
    await addOpen(db, 1);
    await addOpen(db, 2, { responsibleStaffId: BO });

    await remind('09:00', KARIN, [ANNA]);

    assert.deepEqual(await messages(), [
      `${COORDINATOR_CHANNEL} - -: asked 1`,
      `${chatOf(BO)} - Bo: asked 2`,
    ]);
  });

  it('asks who is away once, of those who are to be reminded', async () => {
    await addOpen(db, 1);
    await addOpen(db, 2);
    await addOpen(db, 3, { responsibleStaffId: BO });
    const asked: (readonly string[])[] = [];
    const { deps, school } = rungsAt(db, '09:00');
    const whoIsAway = async (ids: readonly string[]) => {
      asked.push(ids);
      return new Set<string>();
    };

    await remindAll({ ...deps, whoIsAway }, school, MONDAY, doer('Bo Ek', BO));

    assert.deepEqual(asked, [[ANNA]]);
  });

  const again = [
    { time: '09:14', sent: 0 },
    { time: '09:15', sent: 1 },
  ];
  for (const { time, sent } of again) {
    it(`asked at 09:00, sends ${sent} at ${time}`, async () => {
      await addOpen(db, 1);
      await remind('09:00');

      assert.equal(await remind(time), sent);
    });
  }

  it('reminds once where the button is pressed by several in the same second', async () => {
    await addOpen(db, 1);

    const sent = await Promise.all(Array.from({ length: 6 }, () => remind('09:00')));

    assert.deepEqual(
      sent.toSorted((a, b) => b - a),
      [1, 0, 0, 0, 0, 0],
    );
    assert.deepEqual(await messages(), [`${chatOf(ANNA)} - Anna: asked 1`]);
  });

  it('leaves the ladder’s own rungs as they are', async () => {
    await addOpen(db, 1);
    await remind('09:00');

    await takeRungs(rungsAt(db, '10:00').deps);

    assert.equal((await messages()).filter((each) => each.endsWith('due 1')).length, 1);
  });

  it('rings for the delivery, has what is overdue counted again, and puts down who asked', async () => {
    await addOpen(db, 1);
    const counted: string[] = [];
    const { deps, school, rung } = rungsAt(db, '09:00');

    await remindAll(
      { ...deps, onReminded: async (_db, { schoolId, day }) => void counted.push(`${schoolId} ${day}`) },
      school,
      MONDAY,
      KARIN,
    );

    const audit = await db
      .selectFrom('audit')
      .select(['at', 'actorId', 'objectId', 'details'])
      .where('action', '=', 'reminder.askedForAll')
      .orderBy('id', 'desc')
      .executeTakeFirst();
    assert.deepEqual(rung, ['deliver']);
    assert.deepEqual(counted, [`norr ${MONDAY}`]);
    assert.deepEqual(audit, {
      at: clockTime('09:00'),
      actorId: 'entra-Karin Koord',
      objectId: `norr/${MONDAY}`,
      details: { sent: 1 },
    });
  });
});
