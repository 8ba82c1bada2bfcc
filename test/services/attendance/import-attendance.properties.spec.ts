import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rebuildDaySums } from '../../../services/attendance/day-sums.ts';
import { importDay } from '../../../services/attendance/import-attendance.ts';
import { rate } from '../../../services/attendance/rate.ts';
import { importRoster } from '../../../services/people/import-roster.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { dump, empty } from '../../support/dump.ts';
import { group, pupil, roster } from '../people/roster-data.ts';
import { DAYS, MEMBERS, PUPILS, type School, schoolArbitrary, sumsByHand } from './any-school.ts';
import { ATTENDANCE_TABLES, attendance } from './day-data.ts';

forEachEngine('importDay, whatever the source gives', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
    const groups = Object.entries(MEMBERS).map(([id, members]) => group(id, members));
    await importRoster({ db }, 'hub', roster({ pupils: PUPILS.map((id) => pupil(id)), groups }));
  });
  after(async () => await storage.close());

  const clean = async () => await empty(db, ATTENDANCE_TABLES);
  const runs = { numRuns: 25 };

  async function importAll(school: School, order: readonly number[] = [0, 1]): Promise<number> {
    let written = 0;
    for (const index of order) {
      const [day, given] = [DAYS[index], school[index]];
      if (day === undefined || given === undefined) continue;
      const imported = await importDay({ db }, 'north', day, given);
      written += imported.partsWritten + imported.partsRemoved;
    }
    return written;
  }

  it('ends the same in whatever order days and records come', async () => {
    await fc.assert(
      fc.asyncProperty(schoolArbitrary, schoolArbitrary, async (first, then) => {
        await clean();
        await importAll(first);
        await importAll(then, [0, 1]);
        const forwards = await dump(db, ATTENDANCE_TABLES);
        const turned = then.map((day) => attendance(day.lessons.toReversed(), day.notices.toReversed()));

        await clean();
        await importAll(first);
        await importAll(turned, [1, 0]);

        assert.deepEqual(await dump(db, ATTENDANCE_TABLES), forwards);
      }),
      runs,
    );
  });

  it('imports twice as once', async () => {
    await fc.assert(
      fc
        .asyncProperty(schoolArbitrary, schoolArbitrary, async (first, then) => {
          await importAll(first);
          await importAll(then);
          const once = await dump(db, ATTENDANCE_TABLES);

          const written = await importAll(then);

          assert.equal(written, 0);
          assert.deepEqual(await dump(db, ATTENDANCE_TABLES), once);
        })
        .beforeEach(clean),
      runs,
    );
  });

  it('sums what the source gave: never more than offered, and unknown minutes as neither absence nor presence', async () => {
    await fc.assert(
      fc
        .asyncProperty(schoolArbitrary, async (school) => {
          await importAll(school);

          for (const [index, day] of DAYS.entries()) {
            const rows = await db.selectFrom('daySum').selectAll().where('day', '=', day).execute();
            for (const pupilId of PUPILS) {
              const row = rows.find((one) => one.pupilId === pupilId);
              const byHand = sumsByHand(school[index]?.lessons ?? [], pupilId);
              assert.deepEqual(
                [
                  row?.offeredMinutes ?? 0,
                  row?.reportedMinutes ?? 0,
                  row?.validMinutes ?? 0,
                  row?.invalidMinutes ?? 0,
                ],
                [byHand.offered, byHand.known, byHand.valid, byHand.invalid],
              );
              assert.deepEqual(
                [
                  row?.lessons ?? 0,
                  row?.lessonsReported ?? 0,
                  row?.lessonsMissed ?? 0,
                  row?.lateArrivals ?? 0,
                  row?.invalidLessons ?? 0,
                ],
                [byHand.lessons, byHand.reported, byHand.missed, byHand.late, byHand.unexcused],
              );
              assert.ok(byHand.valid + byHand.invalid <= byHand.known && byHand.known <= byHand.offered);
            }
          }
        })
        .beforeEach(clean),
      runs,
    );
  });

  it('counts nothing at all of lessons that are not reported', async () => {
    await fc.assert(
      fc
        .asyncProperty(schoolArbitrary, async (school) => {
          await importAll(school);
          const silent = school.map((day) =>
            attendance(day.lessons.map((each) => ({ ...each, attendances: [] }))),
          );

          await importAll(silent);

          const rows = await db.selectFrom('daySum').selectAll().execute();
          const counted = rows.map((row) => [
            row.reportedMinutes,
            row.validMinutes,
            row.invalidMinutes,
            row.lessonsMissed,
          ]);
          assert.ok(counted.flat().every((number) => number === 0));
        })
        .beforeEach(clean),
      runs,
    );
  });

  it('keeps day sums that are what building them again gives, and shares between 0 and 1', async () => {
    await fc.assert(
      fc
        .asyncProperty(schoolArbitrary, schoolArbitrary, async (first, then) => {
          await importAll(first);
          await importAll(then, [1]);
          const kept = await dump(db, ['day_sum']);
          const all = DAYS.flatMap((day) => PUPILS.map((pupilId) => ({ pupilId, day: day.toString() })));

          await empty(db, ['day_sum']);
          await rebuildDaySums(db, all);

          assert.deepEqual(await dump(db, ['day_sum']), kept);
          for (const row of await db.selectFrom('daySum').selectAll().execute()) {
            for (const share of Object.values(rate(row)))
              assert.ok(share !== undefined && share >= 0 && share <= 1);
          }
        })
        .beforeEach(clean),
      runs,
    );
  });
});
