import assert from 'node:assert/strict';
import { acceptAll } from '../../../services/routine/accept-case.ts';
import { finishStep } from '../../../services/routine/finish-step.ts';
import { forEachEngine } from '../../support/databases.ts';
import { EVA } from '../../support/small-staff.ts';
import { karin, openRoutineSchool, type RoutineSchool } from './routine-school.ts';
import { ROUTINE, routinesFrom } from './routines.ts';

const APPOINTING = ROUTINE.replace('dueInSchoolDays: 2 }', 'dueInSchoolDays: 2, kind: contactPerson }');

forEachEngine('a step that asks for a contact person', (engine) => {
  let own: RoutineSchool;
  beforeEach(async () => {
    own = await openRoutineSchool(engine);
    own.routines = routinesFrom(APPOINTING);
  });
  afterEach(() => own.close());

  it('is not done, wherever that is said, while nobody has been appointed', async () => {
    await accepted('p1');

    const outcome = await finish();

    assert.equal(outcome.kind, 'noContactPerson');
    assert.equal((await own.stepOf('letter')).state, 'open');
  });

  it('is not done by somebody who has left the staff', async () => {
    await accepted('p1');
    await appointed('p1');
    await own.storage.db.updateTable('staff').set({ removedAt: own.deps.clock.now() }).execute();

    const outcome = await finish();

    assert.equal(outcome.kind, 'noContactPerson');
  });

  it('is done where somebody has been', async () => {
    await accepted('p1');
    await appointed('p1');

    const outcome = await finish();

    assert.equal(outcome.kind, 'changed');
  });

  it('is done by hand about a protected pupil, whom Sedd gives nobody', async () => {
    await accepted('p3');

    const outcome = await finish();

    assert.equal(outcome.kind, 'changed');
  });

  it('is done as soon as its case is accepted, about a pupil who has somebody already', async () => {
    await appointed('p1');

    await accepted('p1');

    const { state, doneDay, endedByName } = await own.stepOf('letter');
    assert.deepEqual([state, doneDay?.toString(), endedByName], ['done', '2026-11-23', 'Karin Koord']);
    assert.equal((await own.stepOf('investigate')).state, 'open');
    // The pupil's two cases are accepted in any order.
    const audited = (await own.audited()).filter((one) => one.startsWith('routine.step'));
    assert.deepEqual(audited, ['routine.stepDone entra-karin']);
  });

  it('is to be done where whoever was the contact person is no more', async () => {
    await appointed('p1');
    const ended = { endedAt: own.deps.clock.now(), endedById: 'x', endedByName: 'x' };
    await own.storage.db.updateTable('contactPerson').set(ended).execute();

    await accepted('p1');

    assert.equal((await own.stepOf('letter')).state, 'open');
  });

  async function accepted(pupilId: string): Promise<void> {
    await own.absent(pupilId, 25);
    await own.evaluate();
    await acceptAll(own.deps, { school: own.school, ...karin });
  }

  async function appointed(pupilId: string): Promise<void> {
    await own.storage.db
      .insertInto('contactPerson')
      .values({
        pupilId,
        schoolId: own.school.id,
        staffId: EVA,
        since: own.deps.clock.now(),
        appointedById: karin.actor.id,
        appointedByName: karin.actor.name,
      })
      .execute();
  }

  async function finish() {
    const { id } = await own.stepOf('letter');
    return await finishStep(own.deps, { stepId: id, school: own.school, ...karin });
  }
});
