import assert from 'node:assert/strict';
import { recordContact } from '../../../services/follow-up/record-contact.ts';
import { takeRungs } from '../../../services/follow-up/take-rungs.ts';
import { undoContact } from '../../../services/follow-up/undo-contact.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { clockTime } from '../../support/small-school.ts';
import { ANNA } from '../../support/small-staff.ts';
import { doer } from './follow-ups.ts';
import { addChat, addOpen, rungsAt, seedSchool, TABLES } from './reminder-school.ts';

const who = doer('Anna Berg', ANNA);

forEachEngine('reminders of a try that reached nobody', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => {
    await empty(db, TABLES);
    await seedSchool(db);
    await addChat(db, ANNA);
  });
  after(async () => await storage.close());

  const depsAt = (time: string) => ({ ...rungsAt(db, time).deps, onChange: async () => {} });
  const notReached = async (followUpId: string, time: string, again: string) =>
    await recordContact(depsAt(time), {
      followUpId,
      ...who,
      outcome: 'notReached',
      method: undefined,
      counterpart: undefined,
      version: undefined,
      dueAgainAt: clockTime(again),
    });
  const undo = async (followUpId: string, time: string) =>
    await undoContact(depsAt(time), { followUpId, ...who, contactId: undefined, mayUndoOthers: false });
  const take = async (...times: readonly string[]) => {
    const sent: number[] = [];
    for (const time of times) sent.push(await takeRungs(rungsAt(db, time).deps));
    return sent;
  };

  it('come once for each try', async () => {
    const id = await addOpen(db, 1);
    await notReached(id, '09:00', '10:00');
    const first = await take('09:59', '10:00', '10:05');
    await notReached(id, '10:10', '11:10');

    assert.deepEqual(
      [first, await take('10:20', '11:10', '11:11')],
      [
        [0, 1, 0],
        [0, 1, 0],
      ],
    );
  });

  it('come of a new try too, after the one before it was reminded of and taken back', async () => {
    const id = await addOpen(db, 1);
    await notReached(id, '09:00', '10:00');
    await take('10:00');
    await undo(id, '10:05');
    await take('10:06');
    await notReached(id, '10:10', '11:10');

    assert.deepEqual(await take('11:09', '11:10', '11:20'), [0, 1, 0]);
  });

  it('do not come twice of a first try, where a second is taken back', async () => {
    const id = await addOpen(db, 1);
    await notReached(id, '09:00', '10:00');
    await take('10:00');
    await notReached(id, '10:10', '11:10');
    await undo(id, '10:15');

    assert.deepEqual(await take('10:20', '11:10'), [0, 0]);
  });
});
