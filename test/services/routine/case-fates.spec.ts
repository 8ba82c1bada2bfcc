import assert from 'node:assert/strict';
import { acceptCase } from '../../../services/routine/accept-case.ts';
import { closeCase, declineCase, keepCase, withdrawCase } from '../../../services/routine/end-case.ts';
import { finishStep } from '../../../services/routine/finish-step.ts';
import { readCompliance } from '../../../services/routine/read-compliance.ts';
import { forEachEngine } from '../../support/databases.ts';
import { karin, MONDAY, openRoutineSchool, type RoutineSchool } from './routine-school.ts';

/** The weeks after the Monday, each on its Monday. */
const weekOn = (weeks: number) => MONDAY.add({ weeks });

forEachEngine('a case that is no longer called for', (engine) => {
  let school: RoutineSchool;
  beforeEach(async () => {
    school = await openRoutineSchool(engine);
  });
  afterEach(() => school.close());

  const states = async () => (await school.cases()).map((one) => `${one.pupilId} ${one.level} ${one.state}`);

  it('asks to close after so many school days below, closes when that is confirmed, and opens again', async () => {
    await school.absent('p1', 15);
    await school.evaluate();
    await accept('notice');
    await school.absent('p1', 0, weekOn(3).add({ days: 2 }), 23);
    // Below on Monday, Tuesday and Wednesday: three school days.
    assert.equal((await school.evaluate(weekOn(3))).askedToClose, 0);
    assert.equal((await school.evaluate(weekOn(3).add({ days: 2 }))).askedToClose, 1);
    assert.deepEqual(await states(), ['p1 notice open']);

    const closed = await closeCase(school.deps, {
      ...karin,
      caseId: (await school.caseOf('p1', 'notice')).id,
    });

    assert.equal(closed.kind, 'closed');
    assert.equal((await school.caseOf('p1', 'notice')).endedReason, 'caseClosed');
    assert.deepEqual(
      [(await school.stepOf('look')).state, (await school.stepOf('look')).reason],
      ['notNeeded', 'caseClosed'],
    );

    await school.absent('p1', 30, weekOn(3).add({ days: 3 }), 14);
    const opened = await school.evaluate(weekOn(3).add({ days: 3 }));

    assert.deepEqual([opened.proposed, opened.reopened], [1, 1]);
    const found = await school.caseOf('p1', 'notice');
    assert.deepEqual([found.state, found.round, found.endedAt], ['proposed', 2, null]);
    assert.deepEqual(
      (await school.steps()).map((step) => [step.round, step.state]),
      [
        [1, 'notNeeded'],
        [2, 'proposed'],
      ],
    );
  });

  it('says of a pupil who has left that they have, and nothing of their absence', async () => {
    await school.absent('p1', 15);
    await school.evaluate();
    await accept('notice');
    const removed = { removedAt: school.deps.clock.now() };
    await school.storage.db.updateTable('pupil').set(removed).where('id', '=', 'p1').execute();
    await school.evaluate(MONDAY.add({ days: 1 }));

    await closeCase(school.deps, { ...karin, caseId: (await school.caseOf('p1', 'notice')).id });

    const { state, reason } = await school.stepOf('look');
    assert.deepEqual([state, reason], ['notNeeded', 'leftSchool']);
    assert.equal((await school.caseOf('p1', 'notice')).endedReason, 'leftSchool');
  });

  it('counts as overdue what had not been done in its time when the case was closed', async () => {
    await school.absent('p1', 15);
    await school.evaluate();
    await accept('notice');
    await school.absent('p1', 0, weekOn(3).add({ days: 2 }), 23);
    for (const days of [0, 2]) await school.evaluate(weekOn(3).add({ days }));
    await closeCase(school.deps, { ...karin, caseId: (await school.caseOf('p1', 'notice')).id });

    const [line] = await readCompliance(school.storage.db, {
      schoolId: 'norr',
      firstDay: MONDAY,
      lastDay: weekOn(3),
      day: weekOn(4),
      timeZone: school.school.timeZone,
    });

    assert.deepEqual([line?.key, line?.overdue, line?.notNeeded], ['look', 1, 0]);
  });

  it('does not close what does not ask', async () => {
    await school.absent('p1', 15);
    await school.evaluate();
    await accept('notice');

    const outcome = await closeCase(school.deps, {
      ...karin,
      caseId: (await school.caseOf('p1', 'notice')).id,
    });

    assert.equal(outcome.kind, 'movedOn');
    assert.deepEqual(await states(), ['p1 notice open']);
  });

  it('asks to withdraw what corrected data say never was; what was done stays', async () => {
    await school.absent('p1', 25);
    await school.evaluate();
    await accept('investigation');
    await finishStep(school.deps, {
      ...karin,
      school: school.school,
      stepId: (await school.stepOf('letter')).id,
    });
    await school.absent('p1', 15);

    const asked = await school.evaluate(MONDAY.add({ days: 1 }));

    assert.deepEqual(asked, { proposed: 0, reopened: 0, askedToClose: 0, askedToWithdraw: 1 });
    const { id, asks, state } = await school.caseOf('p1', 'investigation');
    assert.deepEqual([state, asks], ['open', 'withdraw']);
    await withdrawCase(school.deps, { ...karin, caseId: id });
    assert.equal((await school.caseOf('p1', 'investigation')).state, 'withdrawn');
    assert.equal((await school.stepOf('letter')).state, 'done');
    assert.equal((await school.stepOf('investigate')).state, 'dropped');
  });

  it('asks to withdraw no more where somebody has said to keep it', async () => {
    await school.absent('p1', 25);
    await school.evaluate();
    await school.absent('p1', 15);
    await school.evaluate();
    const { id } = await school.caseOf('p1', 'investigation');

    const kept = await keepCase(school.deps, { ...karin, caseId: id });
    await school.evaluate(MONDAY.add({ days: 1 }));

    assert.equal(kept.kind, 'kept');
    assert.equal((await school.caseOf('p1', 'investigation')).asks, null);
  });

  it('does not propose again what was declined, until the pupil has been below', async () => {
    await school.absent('p1', 15);
    await school.evaluate();
    const { id } = await school.caseOf('p1', 'notice');
    await declineCase(school.deps, { ...karin, caseId: id, reason: 'knownCause' });

    const [same] = [await school.evaluate(MONDAY.add({ days: 1 }))];
    await school.absent('p1', 5);
    await school.evaluate(MONDAY.add({ days: 2 }));
    await school.absent('p1', 15);
    const anew = await school.evaluate(MONDAY.add({ days: 3 }));

    assert.equal(same.proposed, 0);
    assert.equal(anew.reopened, 1);
    assert.equal((await school.stepOf('look')).state, 'proposed');
  });

  async function accept(level: string): Promise<void> {
    const { id } = await school.caseOf('p1', level);
    await acceptCase(school.deps, { ...karin, school: school.school, caseId: id });
  }
});
