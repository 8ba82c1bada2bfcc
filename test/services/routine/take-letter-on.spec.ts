import assert from 'node:assert/strict';
import type { School } from '../../../services/config/municipality.ts';
import { acceptAll } from '../../../services/routine/accept-case.ts';
import { finishStep } from '../../../services/routine/finish-step.ts';
import { readStages } from '../../../services/routine/letter-stage.ts';
import { reopenStep } from '../../../services/routine/reopen-step.ts';
import { takeLetterBack, takeLetterOn } from '../../../services/routine/take-letter-on.ts';
import { forEachEngine } from '../../support/databases.ts';
import { karin, openRoutineSchool, type RoutineSchool } from './routine-school.ts';
import { ROUTINE, routinesFrom } from './routines.ts';

const LETTERS = ROUTINE.replace('dueInSchoolDays: 2 }', 'dueInSchoolDays: 2, kind: guardianLetter }');

forEachEngine('a letter to guardians', (engine) => {
  let own: RoutineSchool;
  let school: School;
  let stepId: string;

  beforeEach(async () => {
    own = await openRoutineSchool(engine);
    school = own.school;
    own.routines = routinesFrom(LETTERS);
    await own.absent('p1', 25);
    await own.evaluate();
    await acceptAll(own.deps, { school, ...karin });
    stepId = (await own.stepOf('letter')).id;
  });
  afterEach(() => own.close());

  const stages = async () =>
    ((await readStages(own.storage.db, [stepId])).get(stepId) ?? []).map(({ stage, by }) => `${stage} ${by}`);
  const on = async (stage: 'chosen' | 'approved') =>
    (await takeLetterOn(own.deps, { stepId, stage, ...karin })).kind;

  it('is chosen, then approved, then sent, each once and by somebody', async () => {
    const kinds = [await on('approved'), await on('chosen'), await on('chosen'), await on('approved')];
    await finishStep(own.deps, { stepId, school, ...karin });

    assert.deepEqual(kinds, ['refused', 'changed', 'movedOn', 'changed']);
    assert.deepEqual(await stages(), ['chosen Karin Koord', 'approved Karin Koord', 'sent Karin Koord']);
    assert.equal((await own.stepOf('letter')).state, 'done');
    assert.equal(await on('approved'), 'movedOn');
  });

  it('is not sent, wherever that is said, before it has been approved', async () => {
    const unchosen = await finishStep(own.deps, { stepId, school, ...karin });
    await on('chosen');

    const unapproved = await finishStep(own.deps, { stepId, school, ...karin });

    assert.deepEqual([unchosen.kind, unapproved.kind], ['letterAhead', 'letterAhead']);
    assert.deepEqual(await stages(), ['chosen Karin Koord']);
    assert.equal((await own.stepOf('letter')).state, 'open');
  });

  it('is chosen once, however many choose it at once', async () => {
    const kinds = await Promise.all([on('chosen'), on('chosen'), on('chosen')]);

    assert.deepEqual(kinds.toSorted(), ['changed', 'movedOn', 'movedOn']);
    assert.deepEqual(await stages(), ['chosen Karin Koord']);
  });

  it('is taken back from where it stands, one stage at a time', async () => {
    await on('chosen');
    await on('approved');
    await finishStep(own.deps, { stepId, school, ...karin });

    const whileSent = await takeLetterBack(own.deps, { stepId, ...karin });
    await reopenStep(own.deps, { stepId, ...karin });
    const reopened = await stages();
    await takeLetterBack(own.deps, { stepId, ...karin });

    assert.equal(whileSent.kind, 'movedOn');
    assert.deepEqual(reopened, ['chosen Karin Koord', 'approved Karin Koord']);
    assert.deepEqual(await stages(), ['chosen Karin Koord']);
  });

  it('is no other step', async () => {
    const { id } = await own.stepOf('look');

    const { kind } = await takeLetterOn(own.deps, { stepId: id, stage: 'chosen', ...karin });

    assert.equal(kind, 'refused');
  });
});
