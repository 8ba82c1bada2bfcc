import assert from 'node:assert/strict';
import { readWeekCompliance } from '../../../services/digest/week-compliance.ts';
import { acceptCase } from '../../../services/routine/accept-case.ts';
import { forEachEngine } from '../../support/databases.ts';
import { karin, MONDAY, openRoutineSchool, type RoutineSchool } from '../routine/routine-school.ts';

forEachEngine('readWeekCompliance', (engine) => {
  let own: RoutineSchool;
  before(async () => {
    own = await openRoutineSchool(engine);
    await own.absent('p1', 25);
    await own.evaluate();
    for (const level of ['notice', 'investigation']) {
      const { id } = await own.caseOf('p1', level);
      await acceptCase(own.deps, { ...karin, school: own.school, caseId: id });
    }
  });
  after(() => own.close());

  it('tells of the steps first due in the week and in the term, by level, the gravest first, few pupils as well', async () => {
    const friday = MONDAY.add({ days: 4 });
    const nextMonday = MONDAY.add({ days: 7 });
    const deps = { db: own.storage.db, routines: own.routines };

    const first = await readWeekCompliance(deps, own.school, friday);
    const second = await readWeekCompliance(deps, own.school, nextMonday);

    // The letter was due on the Wednesday, the mentor's look a week after the acceptance.
    assert.deepEqual([first?.week.steps, first?.week.overdue, first?.term.steps], [1, 1, 1]);
    assert.deepEqual([second?.week.steps, second?.week.open, second?.term.steps], [1, 1, 2]);
    assert.deepEqual(
      second?.levels.map(({ name, term }) => `${name} ${term.steps}`),
      ['Utredning 1', 'Ser över 1'],
    );
  });

  it('tells nothing where no routine is followed', async () => {
    assert.equal(
      await readWeekCompliance({ db: own.storage.db, routines: [] }, own.school, MONDAY),
      undefined,
    );
  });
});
