import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readCoveredSums } from '../../../services/attendance/covered-sums.ts';
import { importSums } from '../../../services/attendance/import-sums.ts';
import { windowSpan } from '../../../services/attendance/windows.ts';
import { windowNames } from '../../../services/config/routine.ts';
import { importRoster } from '../../../services/people/import-roster.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { pupil, roster } from '../people/roster-data.ts';
import { MONDAY } from './day-data.ts';

const calendar = { terms: [{ from: '2026-08-18', to: '2026-12-18' }], closed: [], open: [] };
const FOUR_WEEKS = { firstDay: MONDAY.subtract({ days: 27 }), lastDay: MONDAY };

forEachEngine('readCoveredSums', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
    await importRoster({ db }, 'hub', roster({ pupils: [pupil('p1', 'north'), pupil('p2', 'north')] }));
  });
  beforeEach(async () => await empty(db, ['period_sum', 'day_sum']));
  after(async () => await storage.close());

  const summed = (valid: number, invalid = 0, pupilId = 'p1') => ({
    sums: [
      {
        pupilId,
        offeredMinutes: 1_000,
        reportedMinutes: 1_000,
        validMinutes: valid,
        invalidMinutes: invalid,
      },
    ],
    rejected: [],
  });
  const addDay = async (pupilId: string, daysBefore: number, validMinutes: number) =>
    await db
      .insertInto('daySum')
      .values({
        pupilId,
        day: MONDAY.subtract({ days: daysBefore }),
        schoolId: 'north',
        offeredMinutes: 100,
        reportedMinutes: 100,
        validMinutes,
        invalidMinutes: 0,
        lessons: 2,
        lessonsReported: 2,
        lessonsMissed: 0,
        lateArrivals: 0,
      })
      .execute();
  const read = (day = MONDAY) =>
    readCoveredSums(db, { schoolId: 'north', day, calendar, windows: windowNames });

  it('gives four weeks by the sums of yesterday until today’s have come, and never by those of another window', async () => {
    await importSums({ db }, 'north', FOUR_WEEKS, summed(250));
    const other = { firstDay: MONDAY.subtract({ days: 24 }), lastDay: MONDAY };
    await importSums({ db }, 'north', other, summed(900, 0, 'p2'));

    const nextMorning = await read(MONDAY.add({ days: 1 }));
    const days = await read(MONDAY.add({ days: 3 }));
    const tooLate = await read(MONDAY.add({ days: 7 }));

    assert.deepEqual(
      nextMorning.map(({ pupilId, windows }) => [pupilId, windows.fourWeeks?.validMinutes]),
      [['p1', 250]],
    );
    assert.equal(days.find(({ pupilId }) => pupilId === 'p1')?.windows.fourWeeks?.schoolDays, 20);
    assert.deepEqual(tooLate, []);
  });

  it('gives a window by the sums that begin where it does, with its school days, where there are no lessons', async () => {
    await importSums({ db }, 'north', FOUR_WEEKS, summed(200, 50));

    const [one, ...others] = await read();

    assert.equal(others.length, 0);
    assert.deepEqual(Object.keys(one?.windows ?? {}), ['fourWeeks']);
    const { validMinutes, invalidMinutes, offeredMinutes, schoolDays } = one?.windows.fourWeeks ?? {};
    assert.deepEqual([validMinutes, invalidMinutes, offeredMinutes, schoolDays], [200, 50, 1_000, 20]);
    assert.equal(one?.daysInRow, 0);
  });

  it('takes the newest of them, and none that are a week old or begin on another day', async () => {
    await importSums({ db }, 'north', { ...FOUR_WEEKS, lastDay: MONDAY.subtract({ days: 3 }) }, summed(300));
    await importSums({ db }, 'north', FOUR_WEEKS, summed(200));
    const other = { firstDay: FOUR_WEEKS.firstDay.add({ days: 1 }), lastDay: MONDAY };
    await importSums({ db }, 'north', other, summed(900));

    assert.equal((await read())[0]?.windows.fourWeeks?.validMinutes, 200);
    await empty(db, ['period_sum']);
    await importSums({ db }, 'north', { ...FOUR_WEEKS, lastDay: MONDAY.subtract({ days: 7 }) }, summed(300));
    assert.deepEqual(await read(), []);
  });

  it('leaves the sums where the school has lessons, also of a pupil who has none', async () => {
    await importSums({ db }, 'north', FOUR_WEEKS, summed(200, 0, 'p2'));
    await addDay('p1', 2, 10);

    const all = await read();

    assert.deepEqual(
      all.map(({ pupilId }) => pupilId),
      ['p1'],
    );
  });

  it('never adds the two, whatever is there: each window is its days, or its sums where the school has no day in it', async () => {
    const anyDays = fc.uniqueArray(fc.integer({ min: 0, max: 95 }), { maxLength: 5 });
    const anySums = fc.subarray([...windowNames]);
    await fc.assert(
      fc.asyncProperty(anyDays, anySums, fc.constantFrom('p1', 'p2'), async (days, summedWindows, whose) => {
        await empty(db, ['period_sum', 'day_sum']);
        for (const before of days) await addDay('p1', before, 7);
        const spans = new Map(
          summedWindows.flatMap((name) => {
            const span = windowSpan(name, MONDAY, calendar);
            return span === undefined ? [] : [[span.firstDay.toString(), span] as const];
          }),
        );
        for (const span of spans.values()) await importSums({ db }, 'north', span, summed(500, 0, whose));

        const all = await read();

        for (const name of windowNames) {
          const span = windowSpan(name, MONDAY, calendar);
          assert.ok(span !== undefined);
          const within = days.filter(
            (before) => MONDAY.subtract({ days: before }).toString() >= span.firstDay.toString(),
          );
          const isSummed = spans.has(span.firstDay.toString()) && within.length === 0;
          const minutesOf = (pupilId: string) =>
            all.find((one) => one.pupilId === pupilId)?.windows[name]?.validMinutes ?? 0;
          const sumsOf = (pupilId: string) => (isSummed && whose === pupilId ? 500 : 0);
          assert.equal(minutesOf('p1'), 7 * within.length + sumsOf('p1'), name);
          assert.equal(minutesOf('p2'), sumsOf('p2'), name);
        }
      }),
      { numRuns: 25 },
    );
  });
});
