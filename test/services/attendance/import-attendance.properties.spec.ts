import assert from 'node:assert/strict';
import fc from 'fast-check';
import type {
  AttendanceDay,
  SourceLesson,
  SourceNotice,
} from '../../../services/attendance/attendance-source.ts';
import { rebuildDaySums } from '../../../services/attendance/day-sums.ts';
import { importDay } from '../../../services/attendance/import-attendance.ts';
import { rate } from '../../../services/attendance/rate.ts';
import { importRoster } from '../../../services/people/import-roster.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { dump, empty } from '../../support/dump.ts';
import { group, pupil, roster } from '../people/roster-data.ts';
import { ATTENDANCE_TABLES, at, attendance, lesson, MONDAY } from './day-data.ts';

const DAYS = [MONDAY, MONDAY.add({ days: 1 })];
const PUPILS = ['p1', 'p2', 'p3', 'p4'];
const MEMBERS: Readonly<Record<string, readonly string[]>> = { '8A': ['p1', 'p2'], '8B': ['p2', 'p3'] };

const minutes = fc.integer({ min: 0, max: 90 });
const onceEach = { selector: (record: { readonly pupilId: string }) => record.pupilId, maxLength: 3 };

/** What a lesson can be like, more reported than offered among it. */
const lessonArbitrary: fc.Arbitrary<Partial<SourceLesson>> = fc.record({
  isCancelled: fc.oneof(
    { weight: 5, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
  offeredMinutes: minutes,
  groupIds: fc.subarray(['8A', '8B']),
  exceptions: fc.uniqueArray(
    fc.record({ pupilId: fc.constantFrom(...PUPILS), offeredMinutes: minutes }),
    onceEach,
  ),
  attendances: fc.uniqueArray(
    fc.record({
      pupilId: fc.constantFrom(...PUPILS),
      presentMinutes: minutes,
      validMinutes: minutes,
      invalidMinutes: minutes,
      elsewhereMinutes: fc.constantFrom(0, 0, 30),
    }),
    onceEach,
  ),
});

/** A school's two days as a source has them at one time: each lesson on one day, a notice on each day that it is over. */
type School = readonly AttendanceDay[];

const schoolArbitrary: fc.Arbitrary<School> = fc
  .record({
    lessons: fc.array(fc.tuple(fc.constantFrom(0, 1, undefined), lessonArbitrary), { maxLength: 5 }),
    notices: fc.array(fc.tuple(fc.constantFrom(...PUPILS), fc.nat(45), fc.integer({ min: 1, max: 30 })), {
      maxLength: 3,
    }),
  })
  .map(({ lessons, notices }) =>
    DAYS.map((day, index) => {
      const ofDay = lessons.flatMap(([on, more], number) =>
        on === index ? [lesson(`l${number}`, `${String(8 + number).padStart(2, '0')}:00`, more, day)] : [],
      );
      return attendance(ofDay, noticesOf(index, notices));
    }),
  );

function noticesOf(
  index: number,
  notices: readonly (readonly [string, number, number])[],
): readonly SourceNotice[] {
  const midnight = at('00:00');
  return notices
    .map(([pupilId, from, hours], number) => ({
      id: `n${number}`,
      pupilId,
      kind: 'reported' as const,
      startsAt: midnight.add({ hours: from }),
      endsAt: midnight.add({ hours: from + hours }),
    }))
    .filter(({ startsAt, endsAt }) => {
      const hours = (instant: typeof midnight) => midnight.until(instant).total('hours');
      return hours(startsAt) < 24 * (index + 1) && hours(endsAt) > 24 * index;
    });
}

/** A day's sums worked out by hand from what the source gave, lesson by lesson. */
function sumsByHand(lessons: readonly SourceLesson[], pupilId: string) {
  const sums = { offered: 0, known: 0, valid: 0, invalid: 0, lessons: 0, reported: 0, missed: 0, late: 0 };
  for (const each of lessons) {
    const exception = each.exceptions.find((one) => one.pupilId === pupilId);
    const given = each.attendances.find((one) => one.pupilId === pupilId);
    const isMember = each.groupIds.some((id) => MEMBERS[id]?.includes(pupilId));
    const offered = each.isCancelled ? 0 : (exception?.offeredMinutes ?? each.offeredMinutes);
    if (offered === 0 || (!isMember && exception === undefined && given === undefined)) continue;
    const invalid = Math.min(given?.invalidMinutes ?? 0, offered);
    const valid = Math.min(given?.validMinutes ?? 0, offered - invalid);
    const presence = (given?.presentMinutes ?? 0) + (given?.elsewhereMinutes ?? 0);
    const here = Math.min(presence, offered - invalid - valid);
    sums.offered += offered;
    sums.known += here + invalid + valid;
    sums.valid += valid;
    sums.invalid += invalid;
    sums.lessons += 1;
    sums.reported += here + invalid + valid > 0 ? 1 : 0;
    sums.missed += here === 0 && invalid + valid > 0 ? 1 : 0;
    sums.late += here > 0 && invalid > 0 ? 1 : 0;
  }
  return sums;
}

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
                ],
                [byHand.lessons, byHand.reported, byHand.missed, byHand.late],
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
