import assert from 'node:assert/strict';
import { findFollowUp, findLastContact } from '../../../services/follow-up/find-follow-up.ts';
import { forEachEngine } from '../../support/databases.ts';
import { MONDAY } from '../../support/small-school.ts';
import { ANNA, BO } from '../../support/small-staff.ts';
import { doer, type FollowUps, openFollowUp } from './follow-ups.ts';

const anna = doer('Anna Berg', ANNA);
const bo = doer('Bo Ek', BO);

forEachEngine('what is found of a pupil’s day', (engine) => {
  let all: FollowUps;
  let id: string;
  beforeEach(async () => {
    ({ all, id } = await openFollowUp(engine));
  });
  afterEach(() => all.close());

  it('is the follow-up of that day and no other', async () => {
    const { db } = all.storage;
    const { pupilId } = await all.only();

    const found = await findFollowUp(db, pupilId, MONDAY);
    const other = await findFollowUp(db, pupilId, MONDAY.add({ days: 1 }));

    assert.equal(found?.id, id);
    assert.equal(other, undefined);
  });

  it('is the last contact, of somebody or of the pupil, that has not been taken back', async () => {
    const { db } = all.storage;
    const { pupilId } = await all.only();
    all.at('09:00');
    await all.contact(id, anna, { outcome: 'notReached' });
    all.at('09:10');
    await all.contact(id, bo, { outcome: 'notReached', version: undefined });
    const annas = await findLastContact(db, MONDAY, { actorId: anna.actor.id });
    const before = await findLastContact(db, MONDAY, { pupilId });

    await all.undo(id, bo);

    const after = await findLastContact(db, MONDAY, { pupilId });
    assert.ok(annas !== undefined);
    assert.notEqual(before?.id, annas.id);
    assert.equal(after?.id, annas.id);
    assert.equal(await findLastContact(db, MONDAY, { actorId: bo.actor.id }), undefined);
  });
});
