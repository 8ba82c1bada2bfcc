import assert from 'node:assert/strict';
import { readAuditOfPupil } from '../../../services/audit/read-audit.ts';
import { recordAudit } from '../../../services/audit/record-audit.ts';
import { appointContactPerson, endContactPerson } from '../../../services/follow-up/appoint.ts';
import { recordContact } from '../../../services/follow-up/record-contact.ts';
import { onReminderDelivery } from '../../../services/follow-up/reminder-fallback.ts';
import { takeRungs } from '../../../services/follow-up/take-rungs.ts';
import { undoContact } from '../../../services/follow-up/undo-contact.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { clockTime, pupilId } from '../../support/small-school.ts';
import { ANNA, BO } from '../../support/small-staff.ts';
import { doer } from '../follow-up/follow-ups.ts';
import { addChat, addOpen, chatOf, rungsAt, seedSchool, TABLES } from '../follow-up/reminder-school.ts';

const anna = doer('Anna Berg', ANNA);

forEachEngine('the audit of one pupil', (engine) => {
  let storage: Storage;
  let db: Db;
  beforeEach(async () => {
    storage = await engine.open();
    db = storage.db;
    await empty(db, TABLES);
    await seedSchool(db);
    await addChat(db, ANNA);
  });
  afterEach(async () => await storage.close());

  const depsAt = (time: string) => ({ ...rungsAt(db, time).deps, onChange: async () => {} });
  /** When, who and what, of each line. */
  const lines = async (number: number) =>
    (await readAuditOfPupil(db, pupilId(number))).map(
      ({ at, actorName, actorId, action }) =>
        `${at.toZonedDateTimeISO('Europe/Stockholm').toPlainTime().toString().slice(0, 5)} ${actorName ?? actorId} ${action}`,
    );

  it('tells what was done, by whom and in order, and nothing of anybody else', async () => {
    const [own] = [await addOpen(db, 1), await addOpen(db, 2, { responsibleStaffId: BO })];
    const { school } = rungsAt(db, '09:00');
    const person = { pupilId: pupilId(1), staffId: BO, ...doer('Karin Koord') };
    await appointContactPerson(depsAt('09:00'), school, person);
    const said = { ...anna, followUpId: own, method: undefined, counterpart: undefined, version: undefined };
    await recordContact(depsAt('09:10'), { ...said, outcome: 'reached', dueAgainAt: clockTime('10:10') });
    await undoContact(depsAt('09:20'), {
      ...anna,
      followUpId: own,
      contactId: undefined,
      mayUndoOthers: false,
    });
    await endContactPerson(depsAt('09:30'), school, person);

    assert.deepEqual(await lines(1), [
      '09:00 Karin Koord contactPerson.appointed',
      '09:10 Anna Berg followUp.contacted',
      '09:20 Anna Berg followUp.undone',
      '09:30 Karin Koord contactPerson.ended',
    ]);
    assert.deepEqual(await lines(2), []);
  });

  it('tells of every reminder, also of one that went another way in the end', async () => {
    await addOpen(db, 1);
    await addOpen(db, 2, { responsibleStaffId: BO });
    await takeRungs(rungsAt(db, '10:00').deps);
    const failed = await db
      .updateTable('post')
      .set({ state: 'undelivered' })
      .where('conversationId', '=', chatOf(ANNA))
      .returningAll()
      .executeTakeFirstOrThrow();
    await onReminderDelivery(db, failed, clockTime('10:01'));

    assert.deepEqual(await lines(1), ['10:00 sedd reminder.sent', '10:01 sedd reminder.sentInstead']);
    assert.deepEqual(await lines(2), ['10:00 sedd reminder.sent']);
  });

  it('finds what names the pupil alone, whatever it was about', async () => {
    const entry = { at: clockTime('09:00'), actorId: 'cli', action: 'audit.read', objectId: 'x' };
    await recordAudit(db, { ...entry, details: { pupil: pupilId(1) } });
    await recordAudit(db, { ...entry, details: { pupil: pupilId(2) } });
    await recordAudit(db, { ...entry, details: {} });
    await recordAudit(db, { ...entry, details: { followUps: [] } });

    assert.deepEqual(await lines(1), ['09:00 cli audit.read']);
  });

  for (const id of ['', '%', "' or true --", 'nobody']) {
    it(`tells nothing of "${id}"`, async () => {
      await addOpen(db, 1);
      await takeRungs(rungsAt(db, '10:00').deps);

      assert.deepEqual(await readAuditOfPupil(db, id), []);
    });
  }
});
