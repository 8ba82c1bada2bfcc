import assert from 'node:assert/strict';
import { type HandOverInput, handOver } from '../../../services/follow-up/hand-over.ts';
import { forEachEngine } from '../../support/databases.ts';
import { ANNA, BO, EVA, KARIN } from '../../support/small-staff.ts';
import { doer, type FollowUps, OPENED, openFollowUp } from './follow-ups.ts';
import { standing } from './standing.ts';

const anna = doer('Anna Berg', ANNA);
const bo = doer('Bo Ek', BO);

forEachEngine('handOver', (engine) => {
  let all: FollowUps;
  let id: string;

  beforeEach(async () => {
    ({ all, id } = await openFollowUp(engine));
  });
  afterEach(() => all.close());

  it('makes the colleague the one who answers, tells them, and leaves a row in the audit', async () => {
    const before = await all.only();

    const outcome = await give(BO);

    assert.equal(outcome.kind, 'handedOver');
    const row = await all.only();
    assert.deepEqual([row.responsibleStaffId, row.responsibleRole, row.state], [BO, 'handedOver', 'open']);
    assert.ok(row.dueAt.equals(before.dueAt));
    assert.deepEqual(await all.notices(), [
      ['handedOver', BO, { followUp: id, pupil: before.pupilId, by: ANNA }],
    ]);
    assert.deepEqual(await all.audited(), ['followUp.opened sedd', 'followUp.handedOver entra-Anna Berg']);
    assert.deepEqual([all.changed.length, all.rung()], [1, 1]);
  });

  it('does nothing a second time', async () => {
    await give(BO);

    const outcome = await give(BO);

    assert.equal(outcome.kind, 'handedOver');
    assert.equal((await all.notices()).length, 1);
    assert.equal((await all.only()).version, OPENED + 1);
  });

  it('does not take it back from whoever it went on to when Teams sends the press again', async () => {
    await give(BO);
    await give(EVA, { ...bo, version: OPENED + 1 });

    const outcome = await give(BO);

    assert.equal(outcome.kind, 'movedOn');
    assert.equal((await all.only()).responsibleStaffId, EVA);
  });

  it('gives it on, and back, on cards that show where it is; each is told each time', async () => {
    await give(BO);
    await give(ANNA, { ...bo, version: OPENED + 1 });
    await give(BO, { version: OPENED + 2 });

    assert.equal((await all.only()).responsibleStaffId, BO);
    assert.deepEqual(
      (await all.notices()).map(([, staffId]) => staffId),
      [ANNA, BO, BO],
    );
  });

  it('counts on a card that is older than a try in vain: who answers has not changed since', async () => {
    await all.contact(id, bo, { outcome: 'notReached' });

    const outcome = await give(BO);

    assert.equal(outcome.kind, 'handedOver');
    assert.equal((await all.only()).attempts, 1);
  });

  it('tells nobody who takes it over themselves', async () => {
    await give(BO, bo);

    assert.equal((await all.only()).responsibleStaffId, BO);
    assert.deepEqual(await all.notices(), []);
  });

  it('says who was there where somebody has been reached, and that it is over where it was closed', async () => {
    await all.contact(id, bo);
    const contacted = await give(KARIN);
    await all.undo(id, bo);
    await all.reconcile([standing(0, 'reported')], { time: '10:00' });
    const closed = await give(KARIN);

    assert.ok(contacted.kind === 'over' && contacted.followUp.contactedByName === 'Bo Ek');
    assert.ok(closed.kind === 'over' && closed.followUp.contactedByName === null);
    assert.equal((await all.only()).responsibleStaffId, ANNA);
  });

  it('does nothing where there is nothing to follow up', async () => {
    assert.deepEqual(await give(BO, { followUpId: 'nobody' }), { kind: 'nothing' });
  });

  async function give(toStaffId: string, more: Partial<HandOverInput> = {}) {
    return await handOver(all.deps, { ...anna, followUpId: id, version: OPENED, ...more, toStaffId });
  }
});
