import assert from 'node:assert/strict';
import { importDay } from '../../../services/attendance/import-attendance.ts';
import { importRoster } from '../../../services/people/import-roster.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { roster } from '../people/roster-data.ts';
import { at, attendance, lesson, MONDAY, notice, report } from './day-data.ts';
import { fillSchool, pupilToday, today } from './today-school.ts';

forEachEngine('readToday', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => await fillSchool(db));
  after(async () => await storage.close());

  it('places every pupil of the school who has not left, protected ones among them', async () => {
    const given = {
      groupIds: ['8A', '8B'],
      attendances: [report.here('p1'), report.invalid('p2'), report.valid('p3')],
    };
    await importDay({ db }, 'north', MONDAY, attendance([lesson('l1', '08:00', given)]));

    const { pupils } = await today(db);

    assert.deepEqual(
      pupils.map((each) => [each.pupilId, each.isProtected, each.status, each.notice]),
      [
        ['p1', false, 'present', undefined],
        ['p2', false, 'missing', undefined],
        ['p3', true, 'reported', 'valid'],
      ],
    );
    assert.ok(!JSON.stringify(pupils).includes('Given'));
  });

  it('leaves out whoever has left', async () => {
    await importDay({ db }, 'north', MONDAY, attendance([lesson('l1', '08:00', { groupIds: ['8A', '8B'] })]));
    await importRoster(
      { db },
      'hub',
      roster({ isWhole: false, removed: { personIds: ['p2'], groupIds: [] } }),
    );

    const { pupils } = await today(db);

    assert.deepEqual(
      pupils.map((each) => each.pupilId),
      ['p1', 'p3'],
    );
  });

  it('counts the lessons that have started, and names in order those in which nobody is reported', async () => {
    const lessons = [
      lesson('l3', '09:00', { groupIds: ['8B'] }),
      lesson('l1', '08:00', { groupIds: ['8A'], attendances: [report.here('p1')] }),
      lesson('l2', '08:30', { groupIds: ['8A'] }),
      lesson('l4', '10:00', { groupIds: ['8A'] }),
      lesson('l5', '08:00', { groupIds: ['8A'], isCancelled: true }),
    ];
    await importDay({ db }, 'north', MONDAY, attendance(lessons));

    const { lessonsStarted, lessonsReported, unreportedLessons } = await today(db);

    assert.deepEqual([lessonsStarted, lessonsReported], [3, 1]);
    assert.deepEqual(
      unreportedLessons.map(({ lessonId, subject, startsAt }) => [lessonId, subject, startsAt.toString()]),
      [
        ['l2', 'Subject l2', '2026-11-23T07:30:00Z'],
        ['l3', 'Subject l3', '2026-11-23T08:00:00Z'],
      ],
    );
  });

  it('keeps to a group’s pupils and the lessons that concern them', async () => {
    const lessons = [
      lesson('l1', '08:00', { groupIds: ['8A'] }),
      lesson('l2', '08:00', { groupIds: ['8B'] }),
      lesson('l3', '09:00', { groupIds: ['French'], attendances: [report.here('p1')] }),
    ];
    await importDay({ db }, 'north', MONDAY, attendance(lessons));

    const { pupils, lessonsStarted, lessonsReported, unreportedLessons } = await today(db, { groupId: '8B' });

    assert.deepEqual(
      pupils.map((each) => [each.pupilId, each.status]),
      [['p3', 'unknown']],
    );
    assert.deepEqual([lessonsStarted, lessonsReported], [2, 1], 'a lesson is reported where any pupil is');
    assert.deepEqual(
      unreportedLessons.map((each) => each.lessonId),
      ['l2'],
    );
  });

  it('explains absence by a notice from another import, until it is withdrawn', async () => {
    const lessons = [lesson('l1', '08:00', { groupIds: ['8A'], attendances: [report.invalid('p1')] })];
    await importDay({ db }, 'north', MONDAY, attendance(lessons));
    const before = await pupilToday(db, 'p1');
    await importDay({ db }, 'north', MONDAY, attendance(lessons, [notice('n1', 'p1', '00:00', '23:59')]));
    const told = await pupilToday(db, 'p1');
    await importDay({ db }, 'north', MONDAY, attendance(lessons));
    const withdrawn = await pupilToday(db, 'p1');

    assert.deepEqual([before.status, told.status, withdrawn.status], ['missing', 'reported', 'missing']);
    assert.deepEqual([before.notice, told.notice], [undefined, 'reported']);
  });

  it('reads a notice of another day as nothing, also long after', async () => {
    const lessons = [lesson('l1', '08:00', { groupIds: ['8A'] })];
    const tuesday = MONDAY.add({ days: 1 });
    await importDay({ db }, 'north', MONDAY, attendance(lessons));
    const later = [lesson('l2', '08:00', { groupIds: ['8A'] }, tuesday)];
    await importDay(
      { db },
      'north',
      tuesday,
      attendance(later, [notice('n1', 'p1', '00:00', '23:59', tuesday)]),
    );

    const status = await pupilToday(db, 'p1', { now: at('09:30', tuesday) });

    assert.equal(status.status, 'unknown');
  });

  it('has nothing to say of a day without lessons', async () => {
    const { pupils, ...lessons } = await today(db);

    assert.deepEqual(lessons, { lessonsStarted: 0, lessonsReported: 0, unreportedLessons: [] });
    assert.deepEqual([...new Set(pupils.map((each) => each.status))], ['noLessons']);
  });
});
