import assert from 'node:assert/strict';
import type { AttendanceDay } from '../../../services/attendance/attendance-source.ts';
import { importDay } from '../../../services/attendance/import-attendance.ts';
import { importRoster } from '../../../services/people/import-roster.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { dump, empty } from '../../support/dump.ts';
import { group, pupil, ROSTER_TABLES, roster } from '../people/roster-data.ts';
import { ATTENDANCE_TABLES, attendance, lesson, MONDAY, notice, report } from './day-data.ts';

const TUESDAY = MONDAY.add({ days: 1 });

forEachEngine('importDay', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => {
    await empty(db, [...ATTENDANCE_TABLES, ...ROSTER_TABLES]);
    const pupils = [pupil('p1'), pupil('p2'), pupil('p3'), pupil('s1', 'south')];
    await importRoster(
      { db },
      'hub',
      roster({ pupils, groups: [group('8A', ['p1', 'p2']), group('8B', ['p3'])] }),
    );
  });
  after(async () => await storage.close());

  async function importMonday(day: AttendanceDay) {
    return await importDay({ db }, 'north', MONDAY, day);
  }

  async function sums(day = MONDAY) {
    const rows = await db
      .selectFrom('daySum')
      .selectAll()
      .where('day', '=', day)
      .orderBy('pupilId')
      .execute();
    return Object.fromEntries(rows.map(({ pupilId, day: _, ...rest }) => [pupilId, rest]));
  }

  async function parts() {
    const rows = await db
      .selectFrom('pupilLesson')
      .select(['lessonId', 'pupilId', 'day'])
      .orderBy('pupilId')
      .execute();
    return rows.map((row) => `${row.lessonId} ${row.pupilId} ${row.day}`);
  }

  it('sums a day from its lessons, in minutes and counts', async () => {
    const lessons = [
      lesson('l1', '08:00', { groupIds: ['8A'], attendances: [report.invalid('p1'), report.here('p2')] }),
      lesson('l2', '09:00', { groupIds: ['8A'], attendances: [report.late('p1'), report.valid('p2')] }),
      lesson('l3', '10:00', { groupIds: ['8A'] }),
      lesson('l4', '11:00', { groupIds: ['8A'], isCancelled: true, attendances: [report.invalid('p1')] }),
    ];

    const imported = await importMonday(attendance(lessons));

    const { p1, p2 } = await sums();
    const both = {
      schoolId: 'north',
      offeredMinutes: 180,
      reportedMinutes: 120,
      lessons: 3,
      lessonsReported: 2,
    };
    assert.deepEqual(p1, {
      ...both,
      validMinutes: 0,
      invalidMinutes: 75,
      lessonsMissed: 1,
      lateArrivals: 1,
      invalidLessons: 1,
    });
    assert.deepEqual(p2, {
      ...both,
      validMinutes: 60,
      invalidMinutes: 0,
      lessonsMissed: 1,
      lateArrivals: 0,
      invalidLessons: 0,
    });
    assert.deepEqual([imported.lessons, imported.parts, imported.partsWritten], [4, 8, 8]);
  });

  it('counts minutes that nobody accounted for as not reported', async () => {
    const partly = report.minutes('p1', { presentMinutes: 30, invalidMinutes: 10 });

    await importMonday(attendance([lesson('l1', '08:00', { attendances: [partly] })]));

    const { p1 } = await sums();
    assert.deepEqual([p1?.offeredMinutes, p1?.reportedMinutes, p1?.invalidMinutes], [60, 40, 10]);
  });

  it('has no sum for a pupil to whom the day offers nothing', async () => {
    const exceptions = [{ pupilId: 'p1', offeredMinutes: 0 }];

    await importMonday(attendance([lesson('l1', '08:00', { groupIds: ['8A'], exceptions })]));

    assert.deepEqual(Object.keys(await sums()), ['p2']);
  });

  it('replaces the day: a lesson, a pupil and a withdrawn notice that are not given are gone', async () => {
    const full = [lesson('l1', '08:00', { groupIds: ['8A'] }), lesson('l2', '09:00', { groupIds: ['8B'] })];
    await importMonday(
      attendance(full, [notice('n1', 'p1', '00:00', '23:59'), notice('n2', 'p2', '08:00', '09:00')]),
    );
    await importDay(
      { db },
      'south',
      MONDAY,
      attendance([lesson('l9', '08:00', { attendances: [report.here('s1')] })]),
    );

    const less = [lesson('l1', '08:00', { attendances: [report.here('p2')] })];
    const imported = await importMonday(attendance(less, [notice('n2', 'p2', '08:00', '10:00')]));

    assert.deepEqual(await parts(), ['l1 p2 2026-11-23', 'l9 s1 2026-11-23']);
    assert.deepEqual(Object.keys(await sums()), ['p2', 's1']);
    assert.equal(imported.partsRemoved, 2);
    const notices = await db.selectFrom('absenceNotice').select(['id', 'endsAt']).execute();
    assert.deepEqual(
      notices.map((row) => [row.id, row.endsAt.toString()]),
      [['n2', '2026-11-23T09:00:00Z']],
    );
  });

  it('leaves the notices of other days and schools alone', async () => {
    const one = [lesson('l1', '08:00', { groupIds: ['8A'] })];
    await importMonday(attendance(one, [notice('n1', 'p1', '00:00', '23:59')]));
    await importDay({ db }, 'south', MONDAY, attendance(one, [notice('n2', 's1', '00:00', '23:59')]));

    const tomorrow = [lesson('l2', '08:00', { groupIds: ['8A'] }, TUESDAY)];
    await importDay({ db }, 'north', TUESDAY, attendance(tomorrow));

    const notices = await db.selectFrom('absenceNotice').select('id').orderBy('id').execute();
    assert.deepEqual(
      notices.map((row) => row.id),
      ['n1', 'n2'],
    );
  });

  it('follows a lesson that moves to another day, and clears it where it was', async () => {
    const given = { groupIds: ['8A'], attendances: [report.invalid('p1')] };
    await importMonday(attendance([lesson('l1', '08:00', given)]));

    await importDay(
      { db },
      'north',
      TUESDAY,
      attendance([lesson('l1', '08:00', { groupIds: ['8B'] }, TUESDAY)]),
    );

    assert.deepEqual(await parts(), ['l1 p3 2026-11-24']);
    assert.deepEqual([Object.keys(await sums()), Object.keys(await sums(TUESDAY))], [[], ['p3']]);
  });

  it('adds up a pupil’s lessons at two schools, in the pupil’s own school', async () => {
    const north = [lesson('l1', '08:00', { attendances: [report.here('s1')] })];
    const south = [lesson('l2', '10:00', { attendances: [report.valid('s1')] })];

    await importMonday(attendance(north));
    await importDay({ db }, 'south', MONDAY, attendance(south));
    await importMonday(attendance(north));

    const { s1 } = await sums();
    assert.deepEqual([s1?.schoolId, s1?.offeredMinutes, s1?.validMinutes], ['south', 120, 60]);
  });

  it('expects nobody who has left, and keeps what is reported of them', async () => {
    const removed = { personIds: ['p1', 'p2'], groupIds: [] };
    await importRoster({ db }, 'hub', roster({ isWhole: false, removed }), { mostGone: 1 });

    await importMonday(
      attendance([lesson('l1', '08:00', { groupIds: ['8A'], attendances: [report.here('p2')] })]),
    );

    assert.deepEqual(await parts(), ['l1 p2 2026-11-23']);
  });

  it('keeps what is said of pupils the roster does not know yet, and counts them', async () => {
    const lessons = [lesson('l1', '08:00', { attendances: [report.here('new')] })];

    const imported = await importMonday(attendance(lessons, [notice('n1', 'newer', '08:00', '09:00')]));

    assert.equal(imported.unknownPupils, 2);
    assert.equal((await sums()).new?.schoolId, 'north');
  });

  it('writes nothing where nothing has changed, and the one row that has', async () => {
    const given = { groupIds: ['8A'], attendances: [report.here('p1'), report.here('p2')] };
    await importMonday(attendance([lesson('l1', '08:00', given)]));

    const same = await importMonday(attendance([lesson('l1', '08:00', given)]));
    const corrected = { ...given, attendances: [report.here('p1'), report.valid('p2')] };
    const other = await importMonday(attendance([lesson('l1', '08:00', corrected)]));

    assert.deepEqual([same.partsWritten, other.partsWritten], [0, 1]);
  });

  it('takes a lesson and a notice that come twice as one', async () => {
    const twice = lesson('l1', '08:00', { groupIds: ['8A'] });
    const told = notice('n1', 'p1', '08:00', '09:00');

    const imported = await importMonday(attendance([twice, twice], [told, told]));

    assert.deepEqual([imported.lessons, imported.parts, imported.notices], [1, 2, 1]);
  });

  it('keeps nothing of a day that fails halfway', async () => {
    await importMonday(
      attendance([lesson('l1', '08:00', { groupIds: ['8A'], attendances: [report.here('p1')] })]),
    );
    const before = await dump(db, ATTENDANCE_TABLES);

    const unfit = { ...notice('n1', 'p1', '08:00', '09:00'), kind: 'other' as 'reported' };
    await assert.rejects(importMonday(attendance([lesson('l2', '08:00', { groupIds: ['8A'] })], [unfit])));

    assert.deepEqual(await dump(db, ATTENDANCE_TABLES), before);
  });
});
