import assert from 'node:assert/strict';
import { acceptAll } from '../../../services/routine/accept-case.ts';
import { finishStep } from '../../../services/routine/finish-step.ts';
import { readCases, readPupilCases } from '../../../services/routine/read-cases.ts';
import type { Db } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { karin, openRoutineSchool, type RoutineSchool } from './routine-school.ts';

forEachEngine('reading cases', (engine) => {
  let school: RoutineSchool;
  let db: Db;
  before(async () => {
    school = await openRoutineSchool(engine);
    db = school.storage.db;
    await school.absent('p1', 25);
    await school.absent('p3', 15);
    await school.evaluate();
    await acceptAll(school.deps, { ...karin, school: school.school });
    const stepId = (await school.stepOf('investigate')).id;
    await finishStep(school.deps, { ...karin, school: school.school, stepId });
  });
  after(() => school.close());

  it('gives those that are active, by pupil, with the steps in the routine’s order', async () => {
    const cases = await readCases(db, { schoolId: 'norr' });

    assert.deepEqual(
      cases.map((one) => [one.pupilId, one.level, ...one.steps.map((step) => `${step.key} ${step.state}`)]),
      [
        ['p1', 'investigation', 'letter open', 'investigate done', 'investigate open'],
        ['p1', 'notice', 'look open'],
        ['p3', 'notice', 'look open'],
      ],
    );
  });

  it('gives only the levels, pupils, states and school that are asked for', async () => {
    const count = async (more: object) => (await readCases(db, { schoolId: 'norr', ...more })).length;

    assert.deepEqual(
      [
        await count({ levels: ['notice'] }),
        await count({ pupilIds: ['p1'] }),
        await count({ pupilIds: [] }),
        await count({ states: ['closed'] }),
        await count({ schoolId: 'soder' }),
      ],
      [2, 2, 0, 0, 0],
    );
  });

  it('gives all that was ever done about a pupil', async () => {
    const cases = await readPupilCases(db, 'p1');

    assert.deepEqual(
      cases.map((one) => [one.level, one.steps.length]),
      [
        ['investigation', 3],
        ['notice', 1],
      ],
    );
  });
});
