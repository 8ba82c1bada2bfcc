import assert from 'node:assert/strict';
import fc from 'fast-check';
import { importRoster } from '../../../services/people/import-roster.ts';
import type { RosterChange, RosterPupil } from '../../../services/people/roster-source.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { dump, empty } from '../../support/dump.ts';
import { group, protectedPupil, pupil, ROSTER_TABLES, roster, teacher } from './roster-data.ts';

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

forEachEngine('importRoster, whatever the source gives', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  after(async () => await storage.close());

  it('imports twice as once', async () => {
    await fc.assert(
      fc
        .asyncProperty(changeArbitrary, changeArbitrary, async (first, second) => {
          await importRoster({ db }, 'hub', first, { mostGone: 1 });
          await importRoster({ db }, 'hub', second, { mostGone: 1 });
          const once = await dump(db, ROSTER_TABLES);

          const again = await importRoster({ db }, 'hub', second, { mostGone: 1 });

          const none = { added: 0, changed: 0, removed: 0 };
          assert.deepEqual(again, { pupils: none, staff: none, groups: none, rejected: 0 });
          assert.deepEqual(await dump(db, ROSTER_TABLES), once);
        })
        .beforeEach(async () => await empty(db, ROSTER_TABLES)),
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
          await empty(db, ROSTER_TABLES);
          for (const change of [first, second]) {
            const { pupils, staff, groups } = change;
            const ordered = { ...change, pupils: order(pupils), staff: order(staff), groups: order(groups) };
            await importRoster({ db }, 'hub', ordered, { mostGone: 1 });
          }
          states.push(await dump(db, ROSTER_TABLES));
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
        .beforeEach(async () => await empty(db, ROSTER_TABLES)),
      { numRuns: 25 },
    );
  });
});
