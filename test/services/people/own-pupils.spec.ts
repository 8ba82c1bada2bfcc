import assert from 'node:assert/strict';
import { readNamedPupils } from '../../../services/people/named-pupils.ts';
import { readNamedStaff } from '../../../services/people/named-staff.ts';
import { readOwnPupils } from '../../../services/people/own-pupils.ts';
import type { Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { clockTime, groupId, MONDAY } from '../../support/small-school.ts';
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
const LETTER = new Map<string, string>(Object.entries(pupils).map(([letter, id]) => [id, letter]));

forEachEngine('the pupils whose names somebody can mean', (engine) => {
  let storage: Storage;
  let own: string;
  let colleague: string;

  beforeEach(async () => {
    storage = await engine.open();
    await seedPlaces(storage.db);
    own = await addStaff(storage.db, 'Örjan Ek', [groups.a]);
    colleague = await addStaff(storage.db, 'Zara Granne', [groups.b]);
  });
  afterEach(() => storage.close());

  /** By the letters of the groups that they are the only pupil of. */
  const theirs = async (staffId: string, day = MONDAY, schoolId = 'norr') =>
    (await readOwnPupils(storage.db, staffId, schoolId, day)).map(({ id }) => LETTER.get(id)).toSorted();
  const removed = { removedAt: clockTime('07:00') };

  it('are those of one’s groups, and not those of whom one shares a channel with', async () => {
    assert.deepEqual(await theirs(own), ['a']);
  });

  it('are those whose contact person one is, as long as one is', async () => {
    await addContactPerson(storage.db, pupils.c, own);
    await addContactPerson(storage.db, pupils.d, own, clockTime('08:30'));

    assert.deepEqual(await theirs(own), ['a', 'c']);
  });

  it('are those whom one answers for today, and not those of another day', async () => {
    await addFollowUp(storage.db, pupils.c, own);
    await addFollowUp(storage.db, pupils.d, own, MONDAY.subtract({ days: 3 }));

    assert.deepEqual(await theirs(own), ['a', 'c']);
  });

  it('are those of whoever one stands in for, on the days that one does', async () => {
    await addContactPerson(storage.db, pupils.d, colleague);
    await addStandIn(storage.db, colleague, own, today);

    assert.deepEqual(await theirs(own), ['a', 'b', 'd']);
    assert.deepEqual(await theirs(own, MONDAY.add({ days: 1 })), ['a']);
    assert.deepEqual(await theirs(colleague), ['b', 'd']);
  });

  it('are none of a group that is no longer there', async () => {
    await storage.db.updateTable('schoolGroup').set(removed).where('id', '=', groupId(groups.a)).execute();

    assert.deepEqual(await theirs(own), []);
  });

  it('are none at another school', async () => {
    assert.deepEqual(await theirs(own, MONDAY, 'soder'), []);
  });

  it('are none that are protected or have left, whoever asks', async () => {
    const { db } = storage;
    await addContactPerson(db, pupils.c, own);
    const hidden = { isProtected: true, givenName: null, familyName: null };
    await db.updateTable('pupil').set(hidden).where('id', '=', pupils.a).execute();
    await db.updateTable('pupil').set(removed).where('id', '=', pupils.c).execute();

    assert.deepEqual(await theirs(own), []);
    const all = await readNamedPupils(db, 'norr');
    assert.deepEqual(
      all.map(({ id }) => LETTER.get(id)),
      ['b', 'd'],
    );
  });

  it('are nobody’s of somebody who has none', async () => {
    assert.deepEqual(await theirs(await addStaff(storage.db, 'Lärare Ingen')), []);
  });

  it('have the names of the staff beside them, without those who have left', async () => {
    await addStaff(storage.db, 'Bo Slutat', [], removed);

    const names = (await readNamedStaff(storage.db)).map(({ name }) => name);

    assert.deepEqual(names.toSorted(), ['Zara Granne', 'Örjan Ek']);
  });
});
