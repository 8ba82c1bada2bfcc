import assert from 'node:assert/strict';
import { acceptAll, acceptCase } from '../../../services/routine/accept-case.ts';
import { extendStep, finishStep, handOverStep, skipStep } from '../../../services/routine/finish-step.ts';
import { reopenStep } from '../../../services/routine/reopen-step.ts';
import { forEachEngine } from '../../support/databases.ts';
import { ANNA, BO, EVA, KARIN } from '../../support/small-staff.ts';
import { karin, MONDAY, openRoutineSchool, type RoutineSchool } from './routine-school.ts';

const TUESDAY = MONDAY.add({ days: 1 });

forEachEngine('accepting cases and doing their steps', (engine) => {
  let school: RoutineSchool;
  beforeEach(async () => {
    school = await openRoutineSchool(engine);
    await school.absent('p1', 25);
    await school.evaluate();
  });
  afterEach(() => school.close());

  const acceptBoth = () => acceptAll(school.deps, { ...karin, school: school.school });
  const idOf = async (key: string) => (await school.stepOf(key)).id;

  it('asks the owners from the day that it is accepted', async () => {
    school.at(TUESDAY);
    const { id } = await school.caseOf('p1', 'investigation');

    const outcome = await acceptCase(school.deps, { ...karin, school: school.school, caseId: id });

    assert.equal(outcome.kind, 'accepted');
    const letter = await school.stepOf('letter');
    assert.deepEqual(
      [letter.state, letter.dueDay.toString(), letter.ownerStaffId],
      ['open', '2026-11-26', KARIN],
    );
    assert.equal((await school.stepOf('look')).state, 'proposed');
    assert.equal((await school.audited()).at(-1), 'routine.accepted entra-karin');
  });

  it('accepts all that is proposed, once, also where two press at once', async () => {
    const accepted = await Promise.all([acceptBoth(), acceptBoth()]);

    assert.equal(accepted.flat().length, 2);
    assert.deepEqual(
      (await school.steps()).map((step) => step.state),
      ['open', 'open', 'open'],
    );
    assert.equal((await school.audited()).filter((one) => one.startsWith('routine.accepted')).length, 2);
  });

  it('accepts only those that the card shows', async () => {
    const { id } = await school.caseOf('p1', 'notice');

    const accepted = await acceptAll(school.deps, { ...karin, school: school.school, caseIds: [id] });

    assert.deepEqual(
      accepted.map((one) => one.level),
      ['notice'],
    );
  });

  it('says how it stands to whoever accepts what is accepted, and nothing of what there is not', async () => {
    const { id } = await school.caseOf('p1', 'notice');
    const input = { ...karin, school: school.school };
    await acceptCase(school.deps, { ...input, caseId: id });

    const again = await acceptCase(school.deps, { ...input, caseId: id });
    const none = await acceptCase(school.deps, { ...input, caseId: 'none' });

    assert.deepEqual([again.kind, none.kind], ['movedOn', 'nothing']);
  });

  it('gives whoever stands in what a mentor who is away would do', async () => {
    await school.storage.db
      .insertInto('standIn')
      .values({
        staffId: ANNA,
        standInStaffId: BO,
        firstDay: MONDAY,
        lastDay: MONDAY,
        createdAt: school.deps.clock.now(),
        createdById: 'x',
        createdByName: 'x',
        endedAt: null,
      })
      .execute();

    await acceptBoth();

    const { ownerStaffId, ownerRole } = await school.stepOf('look');
    assert.deepEqual([ownerStaffId, ownerRole], [BO, 'standIn']);
  });

  it('puts down who did it and which day, and that it is followed up after two weeks', async () => {
    await acceptBoth();
    school.at(TUESDAY);

    const input = { ...karin, school: school.school, stepId: await idOf('investigate') };
    const outcome = await finishStep(school.deps, { ...input, doneDay: MONDAY });

    assert.equal(outcome.kind, 'changed');
    const done = await school.stepOf('investigate');
    assert.deepEqual(
      [done.state, done.doneDay?.toString(), done.endedByName],
      ['done', '2026-11-23', 'Karin Koord'],
    );
    const after = await school.stepOf('investigate', true);
    assert.deepEqual(
      [after.state, after.dueDay.toString(), after.ownerStaffId, after.legalWeight],
      ['open', '2026-12-07', ANNA, null],
    );
  });

  it('is done once, however many say so', async () => {
    await acceptBoth();
    const input = { ...karin, school: school.school, stepId: await idOf('investigate') };

    const outcomes = await Promise.all([
      finishStep(school.deps, input),
      finishStep(school.deps, input),
      skipStep(school.deps, { ...input, reason: 'otherMeasure' }),
    ]);

    assert.deepEqual(outcomes.map(({ kind }) => kind).toSorted(), ['changed', 'movedOn', 'movedOn']);
    assert.equal((await school.audited()).filter((one) => one.startsWith('routine.step')).length, 1);
  });

  it('is not done tomorrow, nor before anybody was asked', async () => {
    const stepId = await idOf('look');
    const early = await finishStep(school.deps, { ...karin, school: school.school, stepId });
    await acceptBoth();

    const late = await finishStep(school.deps, {
      ...karin,
      school: school.school,
      stepId,
      doneDay: TUESDAY,
    });

    assert.deepEqual([early.kind, late.kind], ['movedOn', 'refused']);
    assert.equal((await school.stepOf('look')).state, 'open');
  });

  it('is not done before the day that its case arose', async () => {
    school.at(TUESDAY);
    await acceptBoth();
    const input = { ...karin, school: school.school, stepId: await idOf('investigate') };

    const before = await finishStep(school.deps, { ...input, doneDay: MONDAY.subtract({ days: 1 }) });
    const onTheDay = await finishStep(school.deps, { ...input, doneDay: MONDAY });

    assert.deepEqual([before.kind, onTheDay.kind], ['refused', 'changed']);
  });

  it('is followed up from the day of acceptance on, also where it was done before', async () => {
    school.at(MONDAY.add({ days: 9 }));
    await acceptBoth();
    const input = { ...karin, school: school.school, stepId: await idOf('investigate') };

    await finishStep(school.deps, { ...input, doneDay: MONDAY });

    const { dueDay } = await school.stepOf('investigate', true);
    assert.equal(dueDay.toString(), '2026-12-16');
  });

  it('gets more time, and keeps the day it was due first', async () => {
    await acceptBoth();
    const stepId = await idOf('letter');

    const more = await extendStep(school.deps, { ...karin, stepId, until: MONDAY.add({ days: 9 }) });
    const less = await extendStep(school.deps, { ...karin, stepId, until: TUESDAY });

    assert.deepEqual([more.kind, less.kind], ['changed', 'refused']);
    const { firstDueDay, dueDay } = await school.stepOf('letter');
    assert.deepEqual([firstDueDay.toString(), dueDay.toString()], ['2026-11-25', '2026-12-02']);
  });

  it('is taken back with the follow-up that it asked for, and can be done again', async () => {
    await acceptBoth();
    const input = { ...karin, school: school.school, stepId: await idOf('investigate') };
    await finishStep(school.deps, input);

    const outcome = await reopenStep(school.deps, input);

    assert.equal(outcome.kind, 'changed');
    const { state, doneDay, endedById } = await school.stepOf('investigate');
    assert.deepEqual([state, doneDay, endedById], ['open', null, null]);
    assert.equal((await school.steps()).length, 3);
    assert.equal((await finishStep(school.deps, input)).kind, 'changed');
    assert.equal((await school.steps()).length, 4);
  });

  it('is not taken back once its follow-up is done', async () => {
    await acceptBoth();
    const input = { ...karin, school: school.school, stepId: await idOf('investigate') };
    await finishStep(school.deps, input);
    await finishStep(school.deps, { ...input, stepId: (await school.stepOf('investigate', true)).id });

    assert.equal((await reopenStep(school.deps, input)).kind, 'refused');
  });

  it('is not handed back by an older card that Teams sends again', async () => {
    await acceptBoth();
    const { id, version } = await school.stepOf('look');
    await handOverStep(school.deps, { ...karin, stepId: id, toStaffId: EVA, version });
    await handOverStep(school.deps, { ...karin, stepId: id, toStaffId: BO, version: version + 1 });

    const again = await handOverStep(school.deps, { ...karin, stepId: id, toStaffId: EVA, version });

    assert.equal(again.kind, 'movedOn');
    assert.equal((await school.stepOf('look')).ownerStaffId, BO);
  });

  it('goes well however people and the close of the day come at once', async () => {
    for (const pupil of ['p2', 'p3']) await school.absent(pupil, 25);
    await school.evaluate();
    await school.absent('p1', 0);
    const stepId = await idOf('letter');
    const [first] = await school.cases();
    assert.ok(first);

    await Promise.all([
      school.evaluate(),
      acceptBoth(),
      acceptCase(school.deps, { ...karin, school: school.school, caseId: first.id }),
      finishStep(school.deps, { ...karin, school: school.school, stepId }),
      acceptBoth(),
      school.evaluate(),
    ]);

    assert.equal((await school.cases()).length, 6);
    assert.equal((await school.audited()).filter((one) => one.startsWith('routine.proposed')).length, 6);
  });

  it('is not needed for a reason, and is handed over', async () => {
    await acceptBoth();

    await skipStep(school.deps, { ...karin, stepId: await idOf('letter'), reason: 'handledElsewhere' });
    await handOverStep(school.deps, { ...karin, stepId: await idOf('look'), toStaffId: EVA });

    const [letter, look] = [await school.stepOf('letter'), await school.stepOf('look')];
    assert.deepEqual([letter.state, letter.reason], ['notNeeded', 'handledElsewhere']);
    assert.deepEqual([look.ownerStaffId, look.ownerRole, look.state], [EVA, 'handedOver', 'open']);
    assert.deepEqual((await school.audited()).slice(-2), [
      'routine.stepNotNeeded entra-karin',
      'routine.stepHandedOver entra-karin',
    ]);
  });
});
