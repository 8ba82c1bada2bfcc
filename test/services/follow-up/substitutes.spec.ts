import assert from 'node:assert/strict';
import { takeRungs } from '../../../services/follow-up/take-rungs.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { COORDINATOR_CHANNEL, clockTime, groupId, MONDAY } from '../../support/small-school.ts';
import { ANNA, BO, EVA } from '../../support/small-staff.ts';
import { addChat, addOpen, chatOf, rungsAt, seedSchool, sentMessages, TABLES } from './reminder-school.ts';

forEachEngine('the reminder of somebody who is away', (engine) => {
  let storage: Storage;
  let db: Db;

  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => {
    await empty(db, TABLES);
    await seedSchool(db);
    await addEva();
    for (const id of [ANNA, BO, EVA]) await addChat(db, id);
    await addOpen(db, 1);
  });
  after(async () => await storage.close());

  const told = async (away: readonly string[]) => {
    await takeRungs(rungsAt(db, '10:00', away).deps);
    return (await sentMessages(db)).map((line) => line.split(' ')[0]);
  };

  it('goes to whoever stands in for them that day', async () => {
    await standIn(ANNA, BO);

    assert.deepEqual(await told([ANNA]), [chatOf(BO)]);
  });

  it('does not go to a stand-in while they are there', async () => {
    await standIn(ANNA, BO);

    assert.deepEqual(await told([]), [chatOf(ANNA)]);
  });

  it('does not go to a stand-in of another day', async () => {
    await standIn(ANNA, BO, { firstDay: MONDAY.add({ days: 1 }), lastDay: MONDAY.add({ days: 9 }) });

    assert.deepEqual(await told([ANNA]), [COORDINATOR_CHANNEL]);
  });

  it('goes to another mentor of the group, where there is no stand-in or that one is away too', async () => {
    await addMentors(ANNA, BO);
    await standIn(ANNA, EVA);

    assert.deepEqual(await told([ANNA, EVA]), [chatOf(BO)]);
  });

  it('goes to no mentor who has a stand-in of their own', async () => {
    await addMentors(ANNA, BO);
    await standIn(BO, EVA);

    assert.deepEqual(await told([ANNA]), [COORDINATOR_CHANNEL]);
  });

  it('goes to the coordinators where everybody is away', async () => {
    await addMentors(ANNA, BO);

    assert.deepEqual(await told([ANNA, BO]), [COORDINATOR_CHANNEL]);
  });

  it('goes to themselves where nobody else can be told: better late than never', async () => {
    await db.deleteFrom('binding').execute();

    assert.deepEqual(await told([ANNA]), [chatOf(ANNA)]);
  });

  it('is asked of everybody whom it may come to, at once', async () => {
    await addMentors(ANNA, BO);
    await standIn(ANNA, EVA);
    const asked: string[][] = [];
    const { deps } = rungsAt(db, '10:00');
    const whoIsAway = async (ids: readonly string[]) => {
      asked.push([...ids].toSorted());
      return new Set<string>();
    };

    await takeRungs({ ...deps, whoIsAway });
    await takeRungs({ ...deps, whoIsAway });

    assert.deepEqual(asked, [[ANNA, BO, EVA].toSorted()]);
  });

  async function addEva(): Promise<void> {
    await db
      .insertInto('staff')
      .values({
        id: EVA,
        givenName: 'Eva',
        familyName: 'Ek',
        email: null,
        principalName: null,
        entraId: null,
        removedAt: null,
      })
      .execute();
  }

  async function addMentors(...ids: readonly string[]): Promise<void> {
    await db
      .insertInto('groupMentor')
      .values(ids.map((id) => ({ groupId: groupId(0), staffId: id })))
      .execute();
  }

  async function standIn(
    away: string,
    instead: string,
    days = { firstDay: MONDAY, lastDay: MONDAY },
  ): Promise<void> {
    await db
      .insertInto('standIn')
      .values({
        staffId: away,
        standInStaffId: instead,
        ...days,
        createdAt: clockTime('07:00'),
        createdById: 'somebody',
        createdByName: 'Somebody',
      })
      .execute();
  }
});
