import assert from 'node:assert/strict';
import { readOpenItems } from '../../../services/follow-up/open-items.ts';
import { takeRungs } from '../../../services/follow-up/take-rungs.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { clockTime, groupId, MONDAY } from '../../support/small-school.ts';
import { ANNA, BO } from '../../support/small-staff.ts';
import { addChat, addOpen, rungsAt, seedSchool, TABLES } from './reminder-school.ts';

forEachEngine('readOpenItems', (engine) => {
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

  it('tells everything of an open follow-up that the ladder asks, times to the millisecond', async () => {
    const id = await addOpen(db, 1, {
      responsibleStaffId: BO,
      reason: 'longTermAbsence',
      attempts: 2,
      dueAt: clockTime('11:30').add({ milliseconds: 123 }),
      firstMissedAt: clockTime('08:10'),
    });

    assert.deepEqual((await readOpenItems(db, MONDAY)).get('norr'), [
      {
        id,
        reason: 'longTermAbsence',
        dueAt: clockTime('11:30').add({ milliseconds: 123 }),
        firstDueAt: clockTime('10:00'),
        attempts: 2,
        responsibleStaffId: BO,
        groupId: groupId(0),
        isProtected: false,
        isUnreported: true,
        taken: new Set(),
      },
    ]);
  });

  it('tells of the open ones of the day, by school', async () => {
    const [here, there] = [await addOpen(db, 1), await addOpen(db, 2, { schoolId: 'soder' })];
    await addOpen(db, 3, { state: 'closed', closedAt: clockTime('09:00'), closedReason: 'arrived' });
    await addOpen(db, 4, { day: MONDAY.subtract({ days: 3 }) });

    const items = await readOpenItems(db, MONDAY);

    assert.deepEqual([...items].map(([school, own]) => [school, own.map(({ id }) => id)]).toSorted(), [
      ['norr', [here]],
      ['soder', [there]],
    ]);
  });

  it('tells which rungs are taken, of each its own', async () => {
    const [tried, early] = [await addOpen(db, 1), await addOpen(db, 2, { firstDueAt: clockTime('13:00') })];
    await takeRungs(rungsAt(db, '12:00').deps);

    const taken = new Map(
      (await readOpenItems(db, MONDAY)).get('norr')?.map((item) => [item.id, item.taken]),
    );

    assert.deepEqual(taken.get(tried), new Set(['due', 'escalated']));
    assert.deepEqual(taken.get(early), new Set());
  });

  it('counts a pupil of whom nothing is known as protected', async () => {
    await addOpen(db, 1, { isProtected: true });
    await addOpen(db, 2);
    await db.deleteFrom('pupil').where('isProtected', '=', false).execute();

    const items = (await readOpenItems(db, MONDAY)).get('norr') ?? [];

    assert.deepEqual(
      items.map(({ isProtected }) => isProtected),
      [true, true],
    );
  });

  it('is empty on a day without any', async () => {
    assert.equal((await readOpenItems(db, MONDAY)).size, 0);
  });
});
