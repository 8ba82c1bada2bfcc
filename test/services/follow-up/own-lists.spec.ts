import assert from 'node:assert/strict';
import { readOwnListView } from '../../../services/follow-up/own-list-view.ts';
import { wantOwnLists } from '../../../services/follow-up/own-lists.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { clockTime, MONDAY, pupilId } from '../../support/small-school.ts';
import { ANNA, BO } from '../../support/small-staff.ts';
import { addContactPerson } from '../people/staffed-school.ts';
import { addChat, addOpen, chatOf, rungsAt, seedSchool, TABLES } from './reminder-school.ts';

forEachEngine('the list of one’s own pupils', (engine) => {
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
    await addChat(db, BO);
  });
  after(async () => await storage.close());

  /** Where a list is wanted at the school, and how often it was. */
  async function wanted(schoolId = 'norr'): Promise<readonly string[]> {
    await wantOwnLists(db, { schoolId, day: MONDAY }, clockTime('08:45'));
    const posts = await db
      .selectFrom('post')
      .select(['conversationId', 'subject', 'wantedVersion'])
      .where('purpose', '=', 'ownList')
      .orderBy('conversationId')
      .execute();
    return posts.map((post) => `${post.conversationId} ${post.subject} v${post.wantedVersion}`);
  }
  const view = async (staffId: string) =>
    await readOwnListView({ db }, rungsAt(db, '09:00').school, staffId, MONDAY);
  const rename = async (number: number, givenName: string) =>
    await db.updateTable('pupil').set({ givenName }).where('id', '=', pupilId(number)).execute();

  it('goes to each contact person in their own chat, one for all their pupils; a mentor has the group’s card', async () => {
    await addOpen(db, 1);
    await addContactPerson(db, pupilId(1), BO);
    await addContactPerson(db, pupilId(2), BO);

    assert.deepEqual(await wanted(), [`${chatOf(BO)} ${BO}/${MONDAY} v1`]);
  });

  it('is brought up to date where it is there', async () => {
    await addContactPerson(db, pupilId(1), BO);
    await wanted();

    assert.deepEqual(await wanted(), [`${chatOf(BO)} ${BO}/${MONDAY} v2`]);
  });

  it('goes to nobody who is it no longer, has left, has no chat, or is it at another school', async () => {
    await addContactPerson(db, pupilId(1), BO, clockTime('08:00'));
    await addContactPerson(db, pupilId(2), ANNA);
    await addContactPerson(db, pupilId(3), 'somebody without a chat');
    await db
      .updateTable('staff')
      .set({ removedAt: clockTime('07:00') })
      .where('id', '=', ANNA)
      .execute();

    assert.deepEqual(await wanted(), []);
    assert.deepEqual(await wanted('soder'), []);
  });

  it('names those whose contact person one is, and those whom one answers for: open ones first, in Swedish order', async () => {
    await addOpen(db, 1, { state: 'closed', closedAt: clockTime('09:00'), closedReason: 'arrived' });
    await addOpen(db, 2, { responsibleStaffId: BO });
    await addOpen(db, 3, { responsibleStaffId: BO });
    await addOpen(db, 4, { responsibleStaffId: BO, day: MONDAY.subtract({ days: 3 }) });
    await addOpen(db, 5);
    await addContactPerson(db, pupilId(1), BO);
    await rename(2, 'Åsa');
    await rename(3, 'Zara');

    const { pupils } = await view(BO);

    assert.deepEqual(
      pupils.map(({ name, isContactPerson, followUp }) => [name, isContactPerson, followUp?.state]),
      [
        ['Zara Exempel', false, 'open'],
        ['Åsa Exempel', false, 'open'],
        ['Elev1 Exempel', true, 'closed'],
      ],
    );
  });

  it('names nobody who is protected or has left', async () => {
    await addOpen(db, 1, { responsibleStaffId: BO, isProtected: true });
    await addOpen(db, 2, { responsibleStaffId: BO });
    await db
      .updateTable('pupil')
      .set({ removedAt: clockTime('07:00') })
      .where('id', '=', pupilId(2))
      .execute();

    assert.deepEqual((await view(BO)).pupils, []);
  });

  it('is empty for somebody who has nobody', async () => {
    const { pupils, dataAt } = await view(BO);

    assert.deepEqual([pupils, dataAt], [[], undefined]);
  });
});
