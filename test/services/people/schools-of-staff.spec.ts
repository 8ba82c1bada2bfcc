import assert from 'node:assert/strict';
import { schoolsOfStaff } from '../../../services/people/schools-of-staff.ts';
import type { Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { clockTime, groupId, MONDAY } from '../../support/small-school.ts';
import { addStep } from './add-step.ts';
import {
  addContactPerson,
  addFollowUp,
  addStaff,
  addStandIn,
  groups,
  pupils,
  seedPlaces,
} from './staffed-school.ts';

const today = { firstDay: MONDAY, lastDay: MONDAY };
const TUESDAY = MONDAY.add({ days: 1 });

forEachEngine('the schools where somebody answers for pupils', (engine) => {
  let storage: Storage;
  let eva: string;
  beforeEach(async () => {
    storage = await engine.open();
    await seedPlaces(storage.db);
    // Group d and its pupil are of another school.
    const { db } = storage;
    await db
      .updateTable('schoolGroup')
      .set({ schoolId: 'soder' })
      .where('id', '=', groupId(groups.d))
      .execute();
    await db.updateTable('pupil').set({ schoolId: 'soder' }).where('id', '=', pupils.d).execute();
    eva = await addStaff(db, 'Eva Ek');
  });
  afterEach(() => storage.close());

  const theirs = async (staffId: string, day = MONDAY) => await schoolsOfStaff(storage.db, staffId, day);

  it('are none of somebody who answers for nobody', async () => {
    await addStaff(storage.db, 'Anna Berg', [groups.a]);

    assert.deepEqual(await theirs(eva), []);
  });

  it('are those of their groups and of those whose contact person they are, as long as they are', async () => {
    const anna = await addStaff(storage.db, 'Anna Berg', [groups.d]);
    await addContactPerson(storage.db, pupils.a, anna);
    await addContactPerson(storage.db, pupils.b, anna);
    await addContactPerson(storage.db, pupils.c, eva, clockTime('08:30'));

    assert.deepEqual(await theirs(anna), ['norr', 'soder']);
    assert.deepEqual(await theirs(eva), []);
  });

  it('are none of a group that is no longer there', async () => {
    const anna = await addStaff(storage.db, 'Anna Berg', [groups.a]);

    await storage.db
      .updateTable('schoolGroup')
      .set({ removedAt: clockTime('07:00') })
      .execute();

    assert.deepEqual(await theirs(anna), []);
  });

  it('are those of whoever they stand in for, on the days that they do', async () => {
    const anna = await addStaff(storage.db, 'Anna Berg', [groups.a]);
    await addStandIn(storage.db, anna, eva, today);

    assert.deepEqual(await theirs(eva), ['norr']);
    assert.deepEqual(await theirs(eva, TUESDAY), []);
  });

  it('are those of the follow-ups that are with them that day', async () => {
    await addFollowUp(storage.db, pupils.a, eva);

    assert.deepEqual(await theirs(eva), ['norr']);
    assert.deepEqual(await theirs(eva, TUESDAY), []);
  });

  it('are those of the steps that are theirs to do', async () => {
    await addStep(storage.db, pupils.a, 'letter', { ownerStaffId: eva });

    assert.deepEqual(await theirs(eva), ['norr']);
  });

  it('have one’s own before those where one stands in, whatever there is more of', async () => {
    const anna = await addStaff(storage.db, 'Anna Berg', [groups.a, groups.b, groups.c]);
    const sven = await addStaff(storage.db, 'Sven Sund', [groups.d]);
    await addStandIn(storage.db, anna, sven, today);

    assert.deepEqual(await theirs(sven), ['soder', 'norr']);
  });
});
