import assert from 'node:assert/strict';
import { readContacts } from '../../../services/follow-up/change-follow-up.ts';
import { forEachEngine } from '../../support/databases.ts';
import { clockTime } from '../../support/small-school.ts';
import { ANNA, BO } from '../../support/small-staff.ts';
import { doer, type FollowUps, OPENED, openFollowUp } from './follow-ups.ts';

const anna = doer('Anna Berg', ANNA);
const bo = doer('Bo Ek', BO);
const karin = doer('Karin Koord');

forEachEngine('undoContact', (engine) => {
  let all: FollowUps;
  let id: string;

  beforeEach(async () => {
    ({ all, id } = await openFollowUp(engine));
  });
  afterEach(() => all.close());

  it('has it open again as before, for whoever recorded it; the audit keeps both', async () => {
    const before = await all.only();
    await all.contact(id, anna, { method: 'phone', counterpart: 'guardian' });

    const outcome = await all.undo(id, anna, { contactId: (await all.only()).contactId ?? '' });

    assert.equal(outcome.kind, 'undone');
    const row = await all.only();
    assert.deepEqual(JSON.stringify({ ...row, version: OPENED }), JSON.stringify(before));
    assert.equal(row.version, OPENED + 2);
    assert.deepEqual((await all.audited()).slice(1), [
      'followUp.contacted entra-Anna Berg',
      'followUp.undone entra-Anna Berg',
    ]);
    assert.deepEqual([all.changed.length, all.rung()], [2, 2]);
  });

  it('keeps on record what was taken back, and by whom', async () => {
    await all.contact(id, anna);
    all.at('09:30');
    await all.undo(id, karin, { mayUndoOthers: true });

    const [contact] = await readContacts(all.storage.db, id);

    assert.deepEqual([contact?.actorName, contact?.undoneByName], ['Anna Berg', 'Karin Koord']);
    assert.ok(contact?.undoneAt?.equals(clockTime('09:30')));
  });

  it('is refused for what somebody else has recorded, with who it was', async () => {
    await all.contact(id, anna);

    const outcome = await all.undo(id, bo);

    assert.ok(outcome.kind === 'notYours' && outcome.by === 'Anna Berg');
    assert.equal((await all.only()).state, 'contacted');
    assert.equal((await all.audited()).length, 2);
  });

  it('is done once', async () => {
    await all.contact(id, anna);
    const contactId = (await all.only()).contactId ?? '';
    await all.undo(id, anna, { contactId });
    await all.contact(id, bo, { version: OPENED + 2 });

    const again = await all.undo(id, anna, { contactId });

    assert.equal(again.kind, 'already');
    assert.equal((await all.only()).contactedByName, 'Bo Ek');
  });

  it('takes back one’s own last try, and not what a colleague has done since', async () => {
    await all.contact(id, anna, { outcome: 'notReached' });
    await all.contact(id, bo, { outcome: 'notReached', version: OPENED + 1 });

    await all.undo(id, anna);

    const row = await all.only();
    assert.deepEqual([row.attempts, row.lastAttemptByName], [1, 'Bo Ek']);
  });

  it('finds nothing where nobody has tried, or where there is nothing to follow up', async () => {
    assert.deepEqual(await all.undo(id, anna), { kind: 'nothing' });
    assert.deepEqual(await all.undo('nobody', anna), { kind: 'nothing' });
    assert.deepEqual(await all.undo(id, anna, { contactId: 'another' }), { kind: 'nothing' });
  });
});
