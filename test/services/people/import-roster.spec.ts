import assert from 'node:assert/strict';
import fc from 'fast-check';
import { importRoster } from '../../../services/people/import-roster.ts';
import type { RosterChange, RosterPupil } from '../../../services/people/roster-source.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { dump, empty } from '../../support/dump.ts';
import { group, protectedPupil, pupil, READ_AT, roster, teacher } from './roster-data.ts';

const TABLES = ['pupil', 'staff', 'school_group', 'group_member', 'group_mentor', 'source_cursor'];

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
  beforeEach(async () => await empty(db, TABLES));
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
    const { group_member, group_mentor } = await dump(db, TABLES);
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
    const before = await dump(db, TABLES);

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

    assert.deepEqual(await dump(db, TABLES), before);
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

  const id = (prefix: string) => fc.integer({ min: 1, max: 4 }).map((number) => `${prefix}${number}`);
  const ids = (prefix: string) => fc.uniqueArray(id(prefix), { maxLength: 4 });
  const school = fc.constantFrom('north', 'south');
  const pupilArbitrary: fc.Arbitrary<RosterPupil> = fc
    .tuple(id('p'), school, fc.boolean())
    .map(([pupilId, schoolId, isProtected]) => (isProtected ? protectedPupil : pupil)(pupilId, schoolId));
  const sameId = { selector: (record: { readonly id: string }) => record.id };
  const changeArbitrary: fc.Arbitrary<RosterChange> = fc
    .record({
      isWhole: fc.boolean(),
      pupils: fc.uniqueArray(pupilArbitrary, sameId),
      staff: ids('t').map((staffIds) => staffIds.map(teacher)),
      groups: fc.uniqueArray(
        fc
          .tuple(id('g'), school, ids('p'), ids('t'))
          .map(([groupId, schoolId, members, mentorIds]) => group(groupId, members, { schoolId, mentorIds })),
        sameId,
      ),
      removed: fc.record({ personIds: ids('p'), groupIds: ids('g') }),
    })
    .map(roster);

  it('imports twice as once', async () => {
    await fc.assert(
      fc
        .asyncProperty(changeArbitrary, changeArbitrary, async (first, second) => {
          await importRoster({ db }, 'hub', first, { mostGone: 1 });
          await importRoster({ db }, 'hub', second, { mostGone: 1 });
          const once = await dump(db, TABLES);

          const again = await importRoster({ db }, 'hub', second, { mostGone: 1 });

          const none = { added: 0, changed: 0, removed: 0 };
          assert.deepEqual(again, { pupils: none, staff: none, groups: none, rejected: 0 });
          assert.deepEqual(await dump(db, TABLES), once);
        })
        .beforeEach(async () => await empty(db, TABLES)),
      { numRuns: 25 },
    );
  });

  it('does not mind the order of records', async () => {
    await fc.assert(
      fc.asyncProperty(changeArbitrary, changeArbitrary, async (first, second) => {
        const states: unknown[] = [];
        for (const order of [
          <T>(records: readonly T[]) => records,
          <T>(records: readonly T[]) => records.toReversed(),
        ]) {
          await empty(db, TABLES);
          for (const change of [first, second]) {
            const { pupils, staff, groups } = change;
            const ordered = { ...change, pupils: order(pupils), staff: order(staff), groups: order(groups) };
            await importRoster({ db }, 'hub', ordered, { mostGone: 1 });
          }
          states.push(await dump(db, TABLES));
        }

        assert.deepEqual(states[1], states[0]);
      }),
      { numRuns: 25 },
    );
  });

  it('never keeps a name of a protected pupil', async () => {
    await fc.assert(
      fc
        .asyncProperty(fc.array(changeArbitrary, { minLength: 1, maxLength: 3 }), async (changes) => {
          for (const change of changes) await importRoster({ db }, 'hub', change, { mostGone: 1 });

          const named = await db
            .selectFrom('pupil')
            .select('id')
            .where('isProtected', '=', true)
            .where((eb) => eb.or([eb('givenName', 'is not', null), eb('familyName', 'is not', null)]))
            .execute();
          assert.deepEqual(named, []);
        })
        .beforeEach(async () => await empty(db, TABLES)),
      { numRuns: 25 },
    );
  });
});
