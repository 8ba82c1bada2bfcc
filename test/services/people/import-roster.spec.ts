import assert from 'node:assert/strict';
import { importRoster } from '../../../services/people/import-roster.ts';
import type { RosterChange } from '../../../services/people/roster-source.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { dump, empty } from '../../support/dump.ts';
import { group, protectedPupil, pupil, READ_AT, ROSTER_TABLES, roster, teacher } from './roster-data.ts';

async function importFrom(db: Db, change: RosterChange, sourceId = 'hub') {
  return await importRoster({ db }, sourceId, change);
}

async function presentIds(db: Db, table: 'pupil' | 'staff' | 'schoolGroup'): Promise<readonly string[]> {
  const rows = await db.selectFrom(table).select('id').where('removedAt', 'is', null).orderBy('id').execute();
  return rows.map((row) => row.id);
}

async function readPupil(db: Db, id: string) {
  return await db.selectFrom('pupil').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

forEachEngine('importRoster', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => await empty(db, ROSTER_TABLES));
  after(async () => await storage.close());

  it('stores pupils, staff, groups with members and mentors, and how far it read', async () => {
    const change = roster({
      cursor: 'later',
      pupils: [pupil('p1'), pupil('p2')],
      staff: [teacher('t1')],
      groups: [group('8A', ['p1', 'p2'], { mentorIds: ['t1'] })],
      rejected: [{ kind: 'person', id: 'p9', path: 'givenName', reason: 'is missing' }],
    });

    const imported = await importFrom(db, change);

    assert.deepEqual(imported, {
      pupils: { added: 2, changed: 0, removed: 0 },
      staff: { added: 1, changed: 0, removed: 0 },
      groups: { added: 1, changed: 0, removed: 0 },
      rejected: 1,
    });
    assert.equal((await readPupil(db, 'p1')).givenName, 'Given p1');
    const { group_member, group_mentor } = await dump(db, ROSTER_TABLES);
    assert.deepEqual(group_member, [
      { group_id: '8A', pupil_id: 'p1' },
      { group_id: '8A', pupil_id: 'p2' },
    ]);
    assert.deepEqual(group_mentor, [{ group_id: '8A', staff_id: 't1' }]);
    const cursor = await db.selectFrom('sourceCursor').selectAll().executeTakeFirstOrThrow();
    assert.equal(cursor.cursor, 'later');
    assert.ok(cursor.readAt.equals(READ_AT));
  });

  it('counts what differs, and a group whose members alone have changed', async () => {
    await importFrom(
      db,
      roster({ pupils: [pupil('p1'), pupil('p2')], groups: [group('8A', ['p1']), group('8B', [])] }),
    );

    const moved = [group('8A', ['p2']), group('8B', [])];
    const imported = await importFrom(
      db,
      roster({ pupils: [pupil('p1'), pupil('p2', 'south')], groups: moved }),
    );

    assert.deepEqual(imported.pupils, { added: 0, changed: 1, removed: 0 });
    assert.deepEqual(imported.groups, { added: 0, changed: 1, removed: 0 });
    assert.deepEqual((await dump(db, ['group_member'])).group_member, [{ group_id: '8A', pupil_id: 'p2' }]);
  });

  it('keeps no name of a pupil who becomes protected, and gets it again when that ends', async () => {
    await importFrom(db, roster({ pupils: [pupil('p1')] }));

    await importFrom(db, roster({ isWhole: false, pupils: [protectedPupil('p1')] }));
    const hidden = await readPupil(db, 'p1');
    await importFrom(db, roster({ isWhole: false, pupils: [pupil('p1')] }));
    const shown = await readPupil(db, 'p1');

    assert.deepEqual([hidden.isProtected, hidden.givenName, hidden.familyName], [true, null, null]);
    assert.deepEqual(
      [shown.isProtected, shown.givenName, shown.familyName],
      [false, 'Given p1', 'Family p1'],
    );
  });

  it('holds a pupil protected where two pages differ, in either order', async () => {
    for (const pupils of [
      [pupil('p1'), protectedPupil('p1')],
      [protectedPupil('p1'), pupil('p1')],
    ]) {
      await importFrom(db, roster({ isWhole: false, pupils }));

      assert.equal((await readPupil(db, 'p1')).isProtected, true);
    }
  });

  it('marks whom a whole roster does not name as gone, and has them back', async () => {
    const both = roster({
      pupils: [pupil('p1'), pupil('p2')],
      staff: [teacher('t1'), teacher('t2')],
      groups: [group('8A', ['p1']), group('8B', ['p2'])],
    });
    const one = roster({ pupils: [pupil('p1')], staff: [teacher('t1')], groups: [group('8A', ['p1'])] });
    await importFrom(db, both);

    const imported = await importFrom(db, one);
    const left = [
      await presentIds(db, 'pupil'),
      await presentIds(db, 'staff'),
      await presentIds(db, 'schoolGroup'),
    ];
    await importFrom(db, both);

    const removed = [imported.pupils.removed, imported.staff.removed, imported.groups.removed];
    assert.deepEqual(removed, [1, 1, 1]);
    assert.deepEqual(left, [['p1'], ['t1'], ['8A']]);
    assert.deepEqual(await presentIds(db, 'pupil'), ['p1', 'p2']);
  });

  it('keeps when somebody left, however often they are not named', async () => {
    const one = roster({ pupils: [pupil('p1')] });
    await importFrom(db, roster({ pupils: [pupil('p1'), pupil('p2')] }));
    await importFrom(db, one);

    const again = await importFrom(db, { ...one, readAt: READ_AT.add({ hours: 24 }) });

    assert.equal(again.pupils.removed, 0);
    assert.ok((await readPupil(db, 'p2')).removedAt?.equals(READ_AT));
  });

  it('takes nobody from a school that a whole roster says nothing of', async () => {
    await importFrom(db, roster({ pupils: [pupil('p1'), pupil('s1', 'south')], staff: [teacher('t1')] }));

    await importFrom(db, roster({ pupils: [pupil('p1')] }));

    assert.deepEqual(await presentIds(db, 'pupil'), ['p1', 's1']);
    assert.deepEqual(await presentIds(db, 'staff'), ['t1']);
  });

  it('takes no staff away that another source may have named', async () => {
    await importFrom(db, roster({ pupils: [pupil('s1', 'south')], staff: [teacher('t2')] }), 'other');

    await importFrom(db, roster({ pupils: [pupil('p1')], staff: [teacher('t1')] }), 'hub');
    await importFrom(db, roster({ pupils: [pupil('p1')], staff: [teacher('t3')] }), 'hub');

    assert.deepEqual(await presentIds(db, 'staff'), ['t1', 't2', 't3']);
  });

  it('takes nobody away in a change but those it removes', async () => {
    const whole = roster({
      pupils: [pupil('p1'), pupil('p2')],
      groups: [group('8A', ['p1']), group('8B', [])],
    });
    await importFrom(db, whole);

    const removed = { personIds: ['p2', 'nobody'], groupIds: ['8B'] };
    await importFrom(db, roster({ isWhole: false, pupils: [pupil('p3')], removed }));

    assert.deepEqual(await presentIds(db, 'pupil'), ['p1', 'p3']);
    assert.deepEqual(await presentIds(db, 'schoolGroup'), ['8A']);
  });

  it('has somebody there who is both removed and given', async () => {
    const removed = { personIds: ['p1'], groupIds: [] };

    await importFrom(db, roster({ pupils: [pupil('p1')] }));
    await importFrom(db, roster({ isWhole: false, pupils: [pupil('p1')], removed }));

    assert.deepEqual(await presentIds(db, 'pupil'), ['p1']);
  });

  it('keeps a membership that came before its pupil', async () => {
    await importFrom(db, roster({ isWhole: false, groups: [group('8A', ['p1'])] }));
    await importFrom(db, roster({ isWhole: false, pupils: [pupil('p1')] }));

    assert.deepEqual((await dump(db, ['group_member'])).group_member, [{ group_id: '8A', pupil_id: 'p1' }]);
  });

  it('refuses a roster that would empty half a school, changes nothing, and names no pupil', async () => {
    const many = Array.from({ length: 9 }, (_, index) => pupil(`p${index}`));
    await importFrom(db, roster({ pupils: [...many, pupil('s1', 'south')] }));
    const before = await dump(db, ROSTER_TABLES);

    const half = roster({ cursor: 'c2', pupils: [...many.slice(0, 4), pupil('new'), pupil('s1', 'south')] });
    await assert.rejects(importFrom(db, half), (error: { code: string; facts: object; message: string }) => {
      assert.equal(error.code, 'roster.tooManyGone');
      assert.deepEqual(error.facts, {
        sourceId: 'hub',
        schoolId: 'north',
        pupils: 9,
        gone: 5,
        mostGone: 0.5,
      });
      assert.doesNotMatch(error.message, /Given|Family/);
      return true;
    });

    assert.deepEqual(await dump(db, ROSTER_TABLES), before);
  });

  it('lets a third leave in summer, and more where it is told to', async () => {
    const many = Array.from({ length: 9 }, (_, index) => pupil(`p${index}`));
    await importFrom(db, roster({ pupils: many }));

    const third = await importFrom(db, roster({ pupils: many.slice(0, 6) }));
    const nearlyAll = await importRoster({ db }, 'hub', roster({ pupils: many.slice(0, 1) }), {
      mostGone: 1,
    });

    assert.deepEqual([third.pupils.removed, nearlyAll.pupils.removed], [3, 5]);
  });
});
