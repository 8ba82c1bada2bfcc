import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { rebuildDaySums } from '../../../services/attendance/day-sums.ts';
import { importDay } from '../../../services/attendance/import-attendance.ts';
import { readPupilSums } from '../../../services/attendance/window-sums.ts';
import { windowSpan } from '../../../services/attendance/windows.ts';
import { windowNames } from '../../../services/config/routine.ts';
import { importRoster } from '../../../services/people/import-roster.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { pupil, roster } from '../people/roster-data.ts';
import { type AnyDay, calendar, dayOf, daysArbitrary, rowByHand, windowByHand } from './any-days.ts';
import { ATTENDANCE_TABLES, attendance, lesson, MONDAY, report } from './day-data.ts';

forEachEngine('readPupilSums, whatever was imported', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
    await importRoster({ db }, 'hub', roster({ pupils: [pupil('p1')] }));
  });
  after(async () => await storage.close());

  async function importAll(days: readonly AnyDay[]): Promise<void> {
    for (const day of days) {
      const lessons = day[1].map((outcome, index) =>
        lesson(
          `${day[0]}/${index}`,
          `${String(9 + index).padStart(2, '0')}:00`,
          {
            exceptions: [{ pupilId: 'p1', offeredMinutes: 60 }],
            attendances: outcome === 'unknown' ? [] : [report[outcome]('p1')],
          },
          dayOf(day),
        ),
      );
      await importDay({ db }, 'north', dayOf(day), attendance(lessons));
    }
  }

  const firstOfAll = windowNames
    .flatMap((name) => windowSpan(name, MONDAY, calendar)?.firstDay ?? [])
    .reduce((a, b) => (Temporal.PlainDate.compare(a, b) < 0 ? a : b));
  const isBefore = (day: AnyDay, first: Temporal.PlainDate) =>
    Temporal.PlainDate.compare(dayOf(day), first) < 0;
  const read = () => readPupilSums(db, { schoolId: 'north', day: MONDAY, calendar, windows: windowNames });

  it('is what counting by hand gives, whatever the order of the days, and again after a rebuild', async () => {
    await fc.assert(
      fc.asyncProperty(daysArbitrary, async (days) => {
        await empty(db, ATTENDANCE_TABLES);
        await importAll(days);

        const kept = await read();
        await sql`update day_sum set invalid_lessons = 9, lessons_missed = 0, valid_minutes = 0`.execute(db);
        await rebuildDaySums(
          db,
          days.map((day) => ({ pupilId: 'p1', day: dayOf(day).toString() })),
        );
        const rebuilt = await read();

        assert.deepEqual(rebuilt, kept);
        // Nobody is there of whom no window has a day.
        if (days.every((day) => isBefore(day, firstOfAll))) return assert.deepEqual(kept, []);
        const byHand = windowNames.map((name) => {
          const span = windowSpan(name, MONDAY, calendar);
          return [name, span === undefined ? undefined : windowByHand(days, span.firstDay)];
        });
        assert.deepEqual(kept[0]?.windows, Object.fromEntries(byHand));
        assert.equal(kept[0]?.daysInRow, rowByHand(days));
      }),
      { numRuns: 15, examples: [[[[98, ['here']]]]] },
    );
  });
});
