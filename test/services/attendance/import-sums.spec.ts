import assert from 'node:assert/strict';
import { importSums } from '../../../services/attendance/import-sums.ts';
import { importRoster } from '../../../services/people/import-roster.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { pupil, roster } from '../people/roster-data.ts';
import { MONDAY } from './day-data.ts';

const PERIOD = { firstDay: MONDAY.subtract({ days: 28 }), lastDay: MONDAY };

function sum(pupilId: string, offered: number, reported: number, valid: number, invalid: number) {
  return {
    pupilId,
    offeredMinutes: offered,
    reportedMinutes: reported,
    validMinutes: valid,
    invalidMinutes: invalid,
  };
}

forEachEngine('importSums', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
    await importRoster({ db }, 'hub', roster({ pupils: [pupil('p1'), pupil('p2')] }));
  });
  beforeEach(async () => await empty(db, ['period_sum']));
  after(async () => await storage.close());

  async function stored() {
    const rows = await db
      .selectFrom('periodSum')
      .selectAll()
      .orderBy('firstDay')
      .orderBy('pupilId')
      .execute();
    return rows.map((row) => [
      row.pupilId,
      row.offeredMinutes,
      row.reportedMinutes,
      row.validMinutes,
      row.invalidMinutes,
    ]);
  }

  it('replaces a school’s period, and nothing else', async () => {
    const before = { firstDay: MONDAY.subtract({ days: 56 }), lastDay: MONDAY.subtract({ days: 29 }) };
    await importSums({ db }, 'north', before, { sums: [sum('p1', 900, 900, 90, 0)], rejected: [] });
    await importSums({ db }, 'north', PERIOD, { sums: [sum('p1', 1000, 900, 50, 20)], rejected: [] });
    await importSums({ db }, 'south', PERIOD, { sums: [sum('s1', 500, 500, 0, 0)], rejected: [] });

    const imported = await importSums({ db }, 'north', PERIOD, {
      sums: [sum('p2', 800, 800, 0, 0)],
      rejected: [],
    });

    assert.deepEqual(imported, { sums: 1, written: 1, unknownPupils: 0, rejected: 0 });
    assert.deepEqual(await stored(), [
      ['p1', 900, 900, 90, 0],
      ['p2', 800, 800, 0, 0],
      ['s1', 500, 500, 0, 0],
    ]);
  });

  it('changes nothing the second time', async () => {
    const given = { sums: [sum('p1', 1000, 900, 50, 20), sum('new', 10, 10, 0, 0)], rejected: [] };
    await importSums({ db }, 'north', PERIOD, given);

    const again = await importSums({ db }, 'north', PERIOD, given);

    assert.deepEqual([again.written, again.unknownPupils], [0, 1]);
  });

  const cases = [
    { name: 'more absence than was offered', given: [100, 100, 80, 40], kept: [100, 100, 60, 40] },
    { name: 'absence that is said not to be reported', given: [100, 10, 20, 20], kept: [100, 40, 20, 20] },
    { name: 'more reported than offered', given: [100, 120, 0, 0], kept: [100, 100, 0, 0] },
    { name: 'minutes with decimals', given: [100.4, 99.5, 0.4, 0.5], kept: [100, 100, 0, 1] },
  ] satisfies readonly { name: string; given: [number, number, number, number]; kept: readonly number[] }[];
  for (const { name, given, kept } of cases) {
    it(`fits ${name}`, async () => {
      await importSums({ db }, 'north', PERIOD, { sums: [sum('p1', ...given)], rejected: [] });

      assert.deepEqual(await stored(), [['p1', ...kept]]);
    });
  }
});
