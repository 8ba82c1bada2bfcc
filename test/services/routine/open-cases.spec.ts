import assert from 'node:assert/strict';
import { acceptCase } from '../../../services/routine/accept-case.ts';
import { openCases } from '../../../services/routine/open-cases.ts';
import { forEachEngine } from '../../support/databases.ts';
import { ANNA, EVA, emailOf, KARIN } from '../../support/small-staff.ts';
import { karin, MONDAY, openRoutineSchool, type RoutineSchool } from './routine-school.ts';
import { ROUTINE, routinesFrom } from './routines.ts';

/** The weeks after the Monday, each on its Monday. */
const _weekOn = (weeks: number) => MONDAY.add({ weeks });

forEachEngine('openCases', (engine) => {
  let school: RoutineSchool;
  beforeEach(async () => {
    school = await openRoutineSchool(engine);
  });
  afterEach(() => school.close());

  const states = async () => (await school.cases()).map((one) => `${one.pupilId} ${one.level} ${one.state}`);

  it('proposes a case at each level that a pupil is above, with its steps, owners and days', async () => {
    await school.absent('p1', 21);
    await school.absent('p2', 10);

    const opened = await school.evaluate();

    assert.deepEqual(opened, { proposed: 2, reopened: 0, askedToClose: 0, askedToWithdraw: 0 });
    assert.deepEqual((await states()).toSorted(), ['p1 investigation proposed', 'p1 notice proposed']);
    const steps = (await school.steps()).map((step) => [
      step.key,
      step.state,
      step.ownerStaffId,
      step.ownerAddress,
      step.ownerRole,
      step.dueDay.toString(),
      step.legalWeight,
    ]);
    assert.deepEqual(steps, [
      ['investigate', 'proposed', ANNA, null, 'mentor', '2026-12-07', 'investigationOpened'],
      ['letter', 'proposed', KARIN, emailOf('Karin Koord'), 'attendanceCoordinator', '2026-11-25', null],
      ['look', 'proposed', ANNA, null, 'mentor', '2026-11-30', null],
    ]);
    const { crossing } = await school.caseOf('p1', 'investigation');
    assert.deepEqual(crossing, {
      level: 'investigation',
      metric: 'totalAbsence',
      window: 'fourWeeks',
      over: 0.2,
      value: 0.21,
    });
    assert.deepEqual(await school.audited(), ['routine.proposed sedd', 'routine.proposed sedd']);
    assert.equal(school.told.length, 2);
  });

  it('changes nothing a second time', async () => {
    await school.absent('p1', 21);
    await school.evaluate();

    const again = await school.evaluate();

    assert.deepEqual(again, { proposed: 0, reopened: 0, askedToClose: 0, askedToWithdraw: 0 });
    assert.equal((await school.steps()).length, 3);
    assert.equal((await school.audited()).length, 2);
  });

  it('opens one case for each pupil and level, however many judge the day at once', async () => {
    for (const pupil of ['p1', 'p2', 'p3']) await school.absent(pupil, 30);

    const all = await Promise.all([school.evaluate(), school.evaluate(), school.evaluate()]);

    assert.equal(
      all.reduce((sum, { proposed }) => sum + proposed, 0),
      6,
    );
    assert.equal((await school.cases()).length, 6);
    assert.equal((await school.steps()).length, 9);
  });

  it('takes a protected pupil through the same, under the id alone and as the coordinator’s', async () => {
    await school.absent('p3', 11);

    await school.evaluate();

    assert.deepEqual(await states(), ['p3 notice proposed']);
    assert.deepEqual(
      (await school.steps()).map((step) => [step.key, step.ownerStaffId]),
      [['look', KARIN]],
    );
  });

  it('adds the steps of the next level when a pupil passes it', async () => {
    await school.absent('p1', 15);
    await school.evaluate();
    await accept('notice');

    await school.absent('p1', 25);
    const opened = await school.evaluate();

    assert.equal(opened.proposed, 1);
    assert.deepEqual((await states()).toSorted(), ['p1 investigation proposed', 'p1 notice open']);
  });

  it('judges by the routine in force, and leaves the steps of an earlier one as they arose', async () => {
    const later = ROUTINE.replace('routines:\n', '')
      .replace('2026-08-01', '2026-11-24')
      .replace('dueInSchoolDays: 5 ', 'dueInSchoolDays: 1 ');
    school.routines = routinesFrom(ROUTINE + later);
    await school.absent('p1', 15);
    await school.evaluate();
    await school.absent('p2', 15);
    await school.evaluate(MONDAY.add({ days: 1 }));

    const steps = (await school.steps()).map((step) => [
      step.pupilId,
      step.routineValidFrom.toString(),
      step.dueInSchoolDays,
    ]);

    assert.deepEqual(steps.toSorted(), [
      ['p1', '2026-08-01', 5],
      ['p2', '2026-11-24', 1],
    ]);
  });

  it('takes a case along to the school that its pupil moves to, where what is left is somebody’s', async () => {
    await school.absent('p1', 15);
    await school.evaluate();
    await school.storage.db.updateTable('pupil').set({ schoolId: 'soder' }).where('id', '=', 'p1').execute();
    const soder = {
      ...school.school,
      id: 'soder',
      roles: { ...school.school.roles, attendanceCoordinators: [emailOf('Eva Ek')] },
    };

    await openCases(school.deps, soder, MONDAY);

    const [found] = await school.cases();
    assert.deepEqual([found?.schoolId, found?.state], ['soder', 'proposed']);
    const { schoolId, ownerStaffId, ownerRole } = await school.stepOf('look');
    assert.deepEqual([schoolId, ownerStaffId, ownerRole], ['soder', EVA, 'attendanceCoordinator']);
  });

  it('has the case of a pupil who has left ask to be closed', async () => {
    await school.absent('p1', 15);
    await school.evaluate();
    await school.storage.db
      .updateTable('pupil')
      .set({ removedAt: school.deps.clock.now() })
      .where('id', '=', 'p1')
      .execute();

    const opened = await school.evaluate(MONDAY.add({ days: 1 }));

    assert.equal(opened.askedToClose, 1);
    assert.equal((await school.caseOf('p1', 'notice')).asks, 'close');
  });

  it('does nothing before the first routine is in force', async () => {
    school.routines = routinesFrom(ROUTINE.replace('2026-08-01', '2027-01-01'));
    await school.absent('p1', 90);

    assert.equal((await school.evaluate()).proposed, 0);
  });

  async function accept(level: string): Promise<void> {
    const { id } = await school.caseOf('p1', level);
    await acceptCase(school.deps, { ...karin, school: school.school, caseId: id });
  }
});
