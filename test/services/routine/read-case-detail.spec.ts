import assert from 'node:assert/strict';
import { acceptCase } from '../../../services/routine/accept-case.ts';
import { readCaseDetail } from '../../../services/routine/read-case-detail.ts';
import { forEachEngine } from '../../support/databases.ts';
import { karin, MONDAY, openRoutineSchool, type RoutineSchool } from './routine-school.ts';

const LATER = MONDAY.add({ days: 2 });

forEachEngine('one case, for whoever judges it', (engine) => {
  let school: RoutineSchool;
  beforeEach(async () => {
    school = await openRoutineSchool(engine);
    await school.absent('p1', 15);
    await school.evaluate();
  });
  afterEach(() => school.close());

  const detail = async () => {
    const { id } = await school.caseOf('p1', 'notice');
    return (await readCaseDetail(school.deps, school.school, id, LATER)) ?? assert.fail('no such case');
  };

  it('tells by how much the limit was crossed, and how that is now', async () => {
    await school.absent('p1', 5, LATER, 40);

    const { crossing, now } = await detail();

    assert.equal(crossing.value, 0.15);
    assert.deepEqual(now, {
      level: 'notice',
      metric: 'totalAbsence',
      window: 'fourWeeks',
      over: 0.1,
      value: 0.05,
    });
  });

  it('tells that somebody is never absent any more', async () => {
    await school.absent('p1', 0, LATER, 40);

    assert.equal((await detail()).now?.value, 0);
  });

  it('says nothing of now where the routine in force does not ask', async () => {
    school.routines = [];

    assert.equal((await detail()).now, undefined);
  });

  it('tells whose pupil has left the school', async () => {
    const { id } = await school.caseOf('p1', 'notice');
    await acceptCase(school.deps, { ...karin, caseId: id, school: school.school });
    assert.equal((await detail()).hasLeft, false);
    await school.storage.db
      .updateTable('pupil')
      .set({ removedAt: school.deps.clock.now() })
      .where('id', '=', 'p1')
      .execute();

    assert.equal((await school.evaluate(LATER)).askedToClose, 1);
    const { hasLeft, asks, belowSince } = await detail();
    assert.deepEqual([hasLeft, asks, belowSince?.toString()], [true, 'close', LATER.toString()]);
  });
});
