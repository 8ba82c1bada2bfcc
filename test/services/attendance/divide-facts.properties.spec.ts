import assert from 'node:assert/strict';
import fc from 'fast-check';
import { divideFacts, readGroupsOfDay } from '../../../services/attendance/divide-facts.ts';
import { importDay } from '../../../services/attendance/import-attendance.ts';
import { readTodayFacts, type TodayFacts } from '../../../services/attendance/today-facts.ts';
import { importRoster } from '../../../services/people/import-roster.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { group, pupil, roster } from '../people/roster-data.ts';
import { MEMBERS, PUPILS, schoolArbitrary } from './any-school.ts';
import { ATTENDANCE_TABLES, at, MONDAY } from './day-data.ts';

forEachEngine('a school’s facts, divided among its groups', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
    const groups = Object.entries(MEMBERS).map(([id, members]) => group(id, members));
    groups.push(group('empty', []));
    await importRoster({ db }, 'hub', roster({ pupils: PUPILS.map((id) => pupil(id)), groups }));
  });
  after(async () => await storage.close());

  const hour = fc.constantFrom('07:30', '08:00', '08:45', '10:30', '14:00');

  it('are those of each group read alone, whatever is known of the day so far', async () => {
    await fc.assert(
      fc.asyncProperty(schoolArbitrary, hour, async ([given], time) => {
        await empty(db, ATTENDANCE_TABLES);
        if (given !== undefined) await importDay({ db }, 'north', MONDAY, given);
        const scope = { schoolId: 'north', day: MONDAY, now: at(time) };

        const factsOf = divideFacts(await readTodayFacts(db, scope));
        const pupilsOf = await readGroupsOfDay(db, scope);

        for (const groupId of [...Object.keys(MEMBERS), 'empty']) {
          const divided = factsOf(new Set(pupilsOf.get(groupId)));
          const alone = await readTodayFacts(db, { ...scope, groupId });
          assert.equal(textOf(divided), textOf(alone), groupId);
        }
      }),
      { numRuns: 40 },
    );
  });
});

/** Of parts the order says nothing, and notices need one only within a pupil. */
function textOf({ parts, notices, ...facts }: TodayFacts): string {
  const sorted = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).toSorted();
  return JSON.stringify({ ...facts, parts: sorted(parts), notices: sorted(notices) }, undefined, 1);
}
