import assert from 'node:assert/strict';
import { importDay } from '../../../services/attendance/import-attendance.ts';
import { readPattern } from '../../../services/attendance/patterns.ts';
import { readSubjectSums } from '../../../services/attendance/subject-sums.ts';
import { readPupilSums } from '../../../services/attendance/window-sums.ts';
import { importRoster } from '../../../services/people/import-roster.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { protectedPupil, pupil, roster } from '../people/roster-data.ts';
import { calendar } from './any-days.ts';
import { attendance, lesson, MONDAY, report } from './day-data.ts';

const span = { firstDay: MONDAY, lastDay: MONDAY };

forEachEngine('the sums of a school', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
    const pupils = [pupil('p1'), protectedPupil('p2'), pupil('p3'), pupil('elsewhere', 'south')];
    await importRoster({ db }, 'hub', roster({ pupils }));
    const all = ['p1', 'p2', 'elsewhere'].map((pupilId) => ({ pupilId, offeredMinutes: 60 }));
    const both = { exceptions: all };
    const lessons = [
      lesson('a', '08:00', {
        ...both,
        subject: 'Matematik',
        attendances: all.map((one) => report.here(one.pupilId)),
      }),
      lesson('b', '09:05', {
        ...both,
        subject: 'Idrott',
        attendances: all.map((one) => report.here(one.pupilId)),
      }),
      lesson('c', '11:00', {
        ...both,
        subject: 'Idrott',
        attendances: [report.invalid('p1'), report.valid('p2'), report.here('elsewhere')],
      }),
      lesson('d', '12:00', { ...both, subject: 'Bild' }),
    ];
    await importDay({ db }, 'north', MONDAY, attendance(lessons));
  });
  after(async () => await storage.close());

  it('are of its own pupils, protected ones among them, and of nobody without lessons', async () => {
    const sums = await readPupilSums(db, { schoolId: 'north', day: MONDAY, calendar, windows: ['today'] });

    assert.deepEqual(
      sums.map((one) => [one.pupilId, one.isProtected, one.windows.today?.offeredMinutes]),
      [
        ['p1', false, 240],
        ['p2', true, 240],
      ],
    );
  });

  it('are only of the pupils who are asked for', async () => {
    const query = { schoolId: 'north', day: MONDAY, calendar, windows: ['today'] as const, pupilIds: ['p2'] };

    const sums = await readPupilSums(db, query);

    assert.deepEqual(
      sums.map((one) => one.pupilId),
      ['p2'],
    );
  });

  it('know nothing of a day that is still to come', async () => {
    const day = MONDAY.subtract({ days: 1 });

    assert.deepEqual(
      await readPupilSums(db, { schoolId: 'north', day, calendar, windows: ['fourWeeks'] }),
      [],
    );
  });

  it('are told per subject, where there was absence', async () => {
    const subjects = await readSubjectSums(db, { schoolId: 'north', span });

    assert.deepEqual(
      subjects.map((one) => [one.pupilId, one.subject, one.lessons, one.validMinutes, one.invalidMinutes]),
      [
        ['p1', 'Idrott', 2, 0, 60],
        ['p2', 'Idrott', 2, 60, 0],
      ],
    );
  });

  it('show a pattern by weekday, lesson of the day, and what came before it', async () => {
    const pattern = await readPattern(db, { pupilIds: ['p1', 'p2'], span, buildings: [] });

    assert.deepEqual(
      pattern.map((cell) => [
        cell.weekday,
        cell.lessonNumber,
        cell.transition,
        cell.lessons,
        cell.lessonsMissed,
      ]),
      [
        [1, 1, 'first', 2, 0],
        [1, 2, 'straightOn', 2, 0],
        [1, 3, 'afterBreak', 2, 2],
        [1, 4, 'straightOn', 2, 0],
      ],
    );
  });
});
