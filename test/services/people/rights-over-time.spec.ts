import assert from 'node:assert/strict';
import type { Temporal } from 'temporal-polyfill';
import type { Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { clockTime, groupId, MONDAY } from '../../support/small-school.ts';
import { mayIn, seedRights, TUESDAY } from './rights-school.ts';
import { groups, personIn, pupils, staffedMunicipality } from './staffed-school.ts';

forEachEngine('mayDo over time', (engine) => {
  let storage: Storage;
  let may: ReturnType<typeof mayIn>;

  before(async () => {
    storage = await engine.open();
    await seedRights(storage.db);
    may = mayIn(storage.db, staffedMunicipality());
  });
  after(() => storage.close());

  describe('day by day', () => {
    const days: readonly (readonly [string, Temporal.PlainDate, boolean])[] = [
      ['before the first day', MONDAY.subtract({ days: 1 }), false],
      ['on the first day', MONDAY, true],
      ['on the last day', TUESDAY, true],
      ['after the last day', TUESDAY.add({ days: 1 }), false],
    ];
    for (const [name, day, expected] of days) {
      it(`${expected ? 'lets' : 'does not let'} a stand-in record contact ${name}`, async () => {
        const person = await personIn(storage.db, 'Vikarie Nu');

        assert.equal(await may(person, 'recordContact', pupils.a, 'alone', day), expected);
      });
    }

    it('lets whoever a pupil was handed over to record contact of that day, and of no other', async () => {
      const person = await personIn(storage.db, 'Fick Överlämnat');

      assert.equal(await may(person, 'recordContact', pupils.c, 'alone'), true);
      assert.equal(await may(person, 'recordContact', pupils.c, 'alone', TUESDAY), false);
    });

    it('lets mentors of a shared channel help with the cards of the day, and not where the cards stood before', async () => {
      const person = await personIn(storage.db, 'Mentor Granne');

      assert.equal(await may(person, 'recordContact', pupils.a, 'ab'), true);
      assert.equal(await may(person, 'recordContact', pupils.a, 'ab', TUESDAY), false);
    });
  });

  it('lets a channel go on with a pupil who has changed groups since the card', async () => {
    const person = await personIn(storage.db, 'Mentor Granne');
    await storage.db
      .updateTable('groupMember')
      .set({ groupId: groupId(groups.c) })
      .where('pupilId', '=', pupils.a)
      .execute();

    const [before, later] = [
      await may(person, 'recordContact', pupils.a, 'ab'),
      await may(person, 'recordContact', pupils.a, 'ab', TUESDAY),
    ];

    await storage.db
      .updateTable('groupMember')
      .set({ groupId: groupId(groups.a) })
      .where('pupilId', '=', pupils.a)
      .execute();
    assert.deepEqual([before, later], [true, false]);
  });

  it('takes a role from whoever leaves the staff, and gives it back to whoever returns', async () => {
    const leave = (removedAt: Temporal.Instant | null) =>
      storage.db.updateTable('staff').set({ removedAt }).where('id', '=', 'staff Mentor Annan').execute();
    const asked = async () =>
      await may(await personIn(storage.db, 'Mentor Annan'), 'recordContact', pupils.c, 'c');

    await leave(clockTime('09:00'));
    const gone = await asked();
    await leave(null);

    assert.deepEqual([gone, await asked()], [false, true]);
  });

  it('has anybody on the staff help where the only mentor has left', async () => {
    const person = await personIn(storage.db, 'Lärare Ingen');
    const leave = (removedAt: Temporal.Instant | null) =>
      storage.db.updateTable('staff').set({ removedAt }).where('id', '=', 'staff Mentor Annan').execute();

    const before = await may(person, 'recordContact', pupils.c, 'c');
    await leave(clockTime('09:00'));
    const after = await may(person, 'recordContact', pupils.c, 'c');
    await leave(null);

    assert.deepEqual([before, after], [false, true]);
  });
});
