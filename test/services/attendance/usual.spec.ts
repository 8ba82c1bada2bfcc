import assert from 'node:assert/strict';
import { importDay } from '../../../services/attendance/import-attendance.ts';
import { usualAbsent } from '../../../services/attendance/usual.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { ATTENDANCE_TABLES, attendance, lesson, MONDAY, report } from './day-data.ts';

forEachEngine('usualAbsent', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => await empty(db, ATTENDANCE_TABLES));
  after(async () => await storage.close());

  /** `absent[0]` pupils missed a lesson without valid minutes the day before Monday, and so on backwards. */
  async function past(absent: readonly number[], schoolId = 'north'): Promise<void> {
    for (const [index, count] of absent.entries()) {
      const day = MONDAY.subtract({ days: index + 1 });
      const missing = Array.from({ length: count }, (_, number) => report.invalid(`p${number}`));
      const others = [report.here('q1'), report.late('q2'), report.valid('q3')];
      const first = lesson(`${schoolId}${index}a`, '08:00', { attendances: [...missing, ...others] }, day);
      // Late here and excused there is not absent without a reason.
      const second = lesson(`${schoolId}${index}b`, '09:00', { attendances: [report.valid('q2')] }, day);
      await importDay({ db }, schoolId, day, attendance([first, second]));
    }
  }

  const cases = [
    { name: 'too little history', absent: [3, 3, 3, 3], expected: undefined },
    { name: 'five days', absent: [5, 1, 3, 2, 4], expected: 3 },
    { name: 'an even number of days', absent: [1, 2, 3, 4, 5, 6], expected: 3.5 },
    { name: 'one day of flu', absent: [2, 2, 30, 2, 2], expected: 2 },
    { name: 'days on which nobody was missing', absent: [0, 0, 0, 0, 7], expected: 0 },
    {
      name: 'more than twenty days',
      absent: [...Array<number>(20).fill(2), ...Array<number>(25).fill(9)],
      expected: 2,
    },
  ];
  for (const { name, absent, expected } of cases) {
    it(`is ${expected} of ${name}`, async () => {
      await past(absent);

      assert.equal(await usualAbsent({ db }, 'north', MONDAY), expected);
    });
  }

  it('does not count the day itself, another school, or a day of which nothing is reported', async () => {
    await past([1, 1, 1, 1]);
    await past([9, 9, 9, 9, 9], 'south');
    await importDay(
      { db },
      'north',
      MONDAY,
      attendance([lesson('now', '08:00', { attendances: [report.invalid('p1')] })]),
    );
    const silent = MONDAY.subtract({ days: 7 });
    const exceptions = [{ pupilId: 'p1', offeredMinutes: 60 }];
    await importDay({ db }, 'north', silent, attendance([lesson('silent', '08:00', { exceptions }, silent)]));

    assert.equal(await usualAbsent({ db }, 'north', MONDAY), undefined);
  });
});
