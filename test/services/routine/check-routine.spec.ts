import assert from 'node:assert/strict';
import { importDay } from '../../../services/attendance/import-attendance.ts';
import { checkRoutine } from '../../../services/routine/check-routine.ts';
import { forEachEngine } from '../../support/databases.ts';
import { attendance, lesson, MONDAY, report } from '../attendance/day-data.ts';
import { openRoutineSchool, type RoutineSchool } from './routine-school.ts';
import { routinesFrom } from './routines.ts';

const TEXT = `routines:
  - validFrom: 2026-08-01
    name: Rutin
    levels:
      - key: pattern
        name: Mönster
        when:
          - { metric: oneSubject, window: fourWeeks, over: 0.5 }
          - { metric: totalAbsence, window: fourWeeks, over: 0.3 }
        steps: [{ key: look, name: Se över, role: mentor, dueInSchoolDays: 5 }]
`;

forEachEngine('checkRoutine', (engine) => {
  let school: RoutineSchool;
  before(async () => {
    school = await openRoutineSchool(engine);
    const pupils = ['p1', 'p2', 'p3'];
    const exceptions = pupils.map((pupilId) => ({ pupilId, offeredMinutes: 60 }));
    for (const days of [0, 3, 4, 5, 6]) {
      const day = MONDAY.subtract({ days });
      const here = { exceptions, attendances: pupils.map(report.here) };
      // p1 misses PE each time, p2 every second time, and p3 everything but one.
      const sport = [
        report.valid('p1'),
        days % 2 === 0 ? report.invalid('p2') : report.here('p2'),
        report.valid('p3'),
      ];
      const rest = { ...here, attendances: [report.here('p1'), report.here('p2'), report.invalid('p3')] };
      await importDay(
        school.deps,
        'norr',
        day,
        attendance([
          lesson(`i${days}`, '09:00', { exceptions, subject: 'Idrott', attendances: sport }, day),
          lesson(`m${days}`, '10:00', { ...rest, subject: 'Matematik' }, day),
          lesson(`b${days}`, '11:00', { ...here, subject: 'Bild' }, day),
          lesson(`s${days}`, '13:00', { ...here, subject: 'Svenska' }, day),
        ]),
      );
    }
  });
  after(() => school.close());

  it('counts each rule by itself, and whoever several catch once', async () => {
    const [routine] = routinesFrom(TEXT);
    assert.ok(routine);

    const checked = await checkRoutine(school.storage.db, school.school, routine, MONDAY);

    assert.deepEqual(
      [checked.schoolId, checked.pupils, ...checked.levels.map((level) => [level.level, level.caught])],
      ['norr', 3, ['pattern', 3]],
    );
    assert.deepEqual(
      checked.levels[0]?.rules.map((one) => one.caught),
      [3, 1],
    );
    assert.deepEqual(await school.cases(), []);
  });

  it('is what the close of the day then proposes, with the subject it is about', async () => {
    school.routines = routinesFrom(TEXT);

    await school.evaluate();

    assert.deepEqual(
      (await school.cases()).map(({ pupilId, crossing }) => [
        pupilId,
        (crossing as { subject?: string }).subject,
      ]),
      [
        ['p1', 'Idrott'],
        ['p2', 'Idrott'],
        ['p3', 'Idrott'],
      ],
    );
  });
});
