import assert from 'node:assert/strict';
import { readColleagues } from '../../../services/people/colleagues.ts';
import type { Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { clockTime, MONDAY } from '../../support/small-school.ts';
import {
  addContactPerson,
  addStaff,
  addStandIn,
  groups,
  places,
  pupils,
  schoolOf,
  seedPlaces,
  staffedMunicipality,
} from './staffed-school.ts';

const today = { firstDay: MONDAY, lastDay: MONDAY };

forEachEngine('readColleagues', (engine) => {
  let storage: Storage;

  beforeEach(async () => {
    storage = await engine.open();
    await seedPlaces(storage.db);
    await addStaff(storage.db, 'Örjan Ek', [groups.a]);
    await addStaff(storage.db, 'Zara Granne', [groups.b]);
    await addStaff(storage.db, 'Bo Annan', [groups.c]);
    await addStaff(storage.db, 'Koordinator norr');
    await addStaff(storage.db, 'Koordinator soder');
    await addStaff(storage.db, 'Lärare Ingen');
  });
  afterEach(() => storage.close());

  it('are the mentors who share the channel, and the coordinators, in Swedish order', async () => {
    assert.deepEqual(await names('ab', 'a'), ['Koordinator norr', 'Zara Granne', 'Örjan Ek']);
  });

  it('are in a chat of one’s own the pupil’s mentors and the coordinators', async () => {
    assert.deepEqual(await names('alone', 'a'), ['Koordinator norr', 'Örjan Ek']);
  });

  it('are also whoever is the pupil’s contact person, and no longer whoever was', async () => {
    await addContactPerson(storage.db, pupils.b, await addStaff(storage.db, 'Kim Kontakt'));
    await addContactPerson(
      storage.db,
      pupils.a,
      await addStaff(storage.db, 'Var Kontakt'),
      clockTime('08:30'),
    );

    assert.deepEqual(await names('alone', 'b'), ['Kim Kontakt', 'Koordinator norr', 'Zara Granne']);
    assert.deepEqual(await names('alone', 'a'), ['Koordinator norr', 'Örjan Ek']);
  });

  it('have a stand-in in their place while they are away', async () => {
    await addStandIn(storage.db, 'staff Örjan Ek', await addStaff(storage.db, 'Vera Vikarie'), today);
    await addStandIn(storage.db, 'staff Zara Granne', await addStaff(storage.db, 'Senare Vikarie'), {
      firstDay: MONDAY.add({ days: 1 }),
      lastDay: MONDAY.add({ days: 1 }),
    });

    assert.deepEqual(await names('ab', 'a'), ['Koordinator norr', 'Vera Vikarie', 'Zara Granne']);
  });

  it('are none who have left the staff, nor their stand-ins who have', async () => {
    const gone = { removedAt: clockTime('08:00') };
    await addStaff(storage.db, 'Har Slutat', [groups.a], gone);
    await addStandIn(
      storage.db,
      'staff Zara Granne',
      await addStaff(storage.db, 'Vikarie Slutat', [], gone),
      today,
    );

    assert.deepEqual(await names('ab', 'a'), ['Koordinator norr', 'Zara Granne', 'Örjan Ek']);
  });

  async function names(place: keyof typeof places, pupil: keyof typeof pupils): Promise<readonly string[]> {
    const query = { conversationId: places[place], pupilId: pupils[pupil], day: MONDAY };
    const found = await readColleagues(storage.db, schoolOf(staffedMunicipality(), 'norr'), query);
    return found.map(({ name }) => name);
  }
});
