import assert from 'node:assert/strict';
import { tellOfCorrection } from '../../../services/follow-up/corrections.ts';
import { forEachEngine } from '../../support/databases.ts';
import { clockTime, pupilId } from '../../support/small-school.ts';
import { ANNA, BO } from '../../support/small-staff.ts';
import { doer, type FollowUps, openFollowUps } from './follow-ups.ts';
import { standing } from './standing.ts';

forEachEngine('that no contact was needed after all', (engine) => {
  let followUps: FollowUps;
  beforeEach(async () => {
    followUps = await openFollowUps(engine);
    await followUps.reconcile([standing(0, 'missing')]);
  });
  afterEach(async () => await followUps.close());

  const [anna, bo] = [doer('Anna Berg', ANNA), doer('Bo Ek', BO)];
  const correct = async () => {
    const row = await followUps.only();
    await tellOfCorrection(followUps.storage.db, row, 'reported', clockTime('11:00'));
    return row;
  };

  it('is told each who has tried, whether they reached anybody or not', async () => {
    const { id } = await followUps.only();
    await followUps.contact(id, anna, { outcome: 'notReached' });
    await followUps.contact(id, bo, { version: 2 });

    await correct();

    const details = { followUp: id, pupil: pupilId(0), reason: 'reported' };
    assert.deepEqual(await followUps.notices(), [
      ['corrected', ANNA, details],
      ['corrected', BO, details],
    ]);
  });

  it('is told nobody who took it back, nobody without a place on the staff, and nobody who did nothing', async () => {
    const { id } = await followUps.only();
    await followUps.contact(id, anna);
    await followUps.undo(id, anna);
    await followUps.contact(id, doer('Skolan Teamet'), { version: 3 });

    await correct();

    assert.deepEqual(await followUps.notices(), []);
  });

  it('is told once, also of somebody who tried twice or where it is said again', async () => {
    const { id } = await followUps.only();
    await followUps.contact(id, anna, { outcome: 'notReached' });
    followUps.at('09:40');
    await followUps.contact(id, anna, { outcome: 'notReached', version: 2 });

    await correct();
    await correct();

    assert.equal((await followUps.notices()).length, 1);
  });

  it('is put down as what it is', async () => {
    await correct();

    assert.equal((await followUps.audited()).at(-1), 'followUp.corrected sedd');
  });
});
