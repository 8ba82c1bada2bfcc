import assert from 'node:assert/strict';
import { runJob } from '../../../bot/runs.ts';
import { forEachEngine } from '../../support/databases.ts';
import { clockTime, MONDAY, pupilId, reportedAllDay } from '../../support/small-school.ts';
import { ANNA } from '../../support/small-staff.ts';
import { type MorningSchool, openMorningSchool } from './morning-school.ts';

forEachEngine('what is read after the morning', (engine) => {
  let school: MorningSchool;

  beforeEach(async () => {
    school = await openMorningSchool(engine);
    school.marks = (pupil) => (pupil < 2 ? 'missing' : 'here');
    await school.run('morning');
    school.at('10:00');
    await school.run('refresh');
  });
  afterEach(() => school.close());

  it('brings the day’s figures and its digest up to date', async () => {
    const before = [await figures(), await digest()];
    school.notices = [reportedAllDay(1)];
    school.at('10:30');

    await reread('10:30');

    assert.deepEqual(before, [2, 2]);
    assert.deepEqual([await figures(), await digest()], [1, 3]);
  });

  describe('at its close', () => {
    const close = async () => {
      school.at('17:00');
      await school.run('dayClose');
    };

    it('opens who was missing after all, and closes who was reported', async () => {
      school.marks = (pupil) => (pupil < 3 ? 'missing' : 'here');
      school.notices = [reportedAllDay(1)];

      await close();

      const states = (await school.followUps()).map(([pupil, state]) => [pupil, state]);
      assert.deepEqual(states, [
        [pupilId(0), 'open'],
        [pupilId(1), 'closed'],
        [pupilId(2), 'open'],
      ]);
      assert.equal(await figures(), 2);
      assert.deepEqual(
        (await school.group(0))?.missing.map(({ pupilId: id }) => id),
        [pupilId(0), pupilId(2)],
      );
    });

    it('tells whoever had called that it was not needed, once', async () => {
      await tried(1);
      school.notices = [reportedAllDay(1)];

      await close();
      await close();

      const told = await school.storage.db.selectFrom('notice').select(['kind', 'staffId']).execute();
      assert.deepEqual(told, [{ kind: 'corrected', staffId: ANNA }]);
    });

    it('lets no morning out that has been held all day', async () => {
      await school.storage.db.updateTable('morning').set({ state: 'held' }).execute();
      school.marks = (pupil) => (pupil < 3 ? 'missing' : 'here');

      await close();

      assert.equal((await school.whole())?.state, 'held');
      assert.equal((await school.followUps()).length, 2);
    });
  });

  /** Anna has called, and reached nobody. */
  async function tried(pupil: number): Promise<void> {
    const followUp = await school.storage.db
      .updateTable('followUp')
      .set({ attempts: 1 })
      .where('pupilId', '=', pupilId(pupil))
      .returning(['id', 'pupilId', 'schoolId', 'day'])
      .executeTakeFirstOrThrow();
    const { id: followUpId, ...own } = followUp;
    await school.storage.db
      .insertInto('contact')
      .values({
        ...own,
        followUpId,
        outcome: 'notReached',
        method: 'phone',
        counterpart: 'guardian',
        actorId: 'entra-anna',
        actorName: 'Anna Berg',
        staffId: ANNA,
        at: clockTime('10:20'),
        dueAgainAt: clockTime('11:20'),
        conversationId: '19:a@thread.tacv2',
        baseVersion: 1,
        undoneAt: null,
        undoneById: null,
        undoneByName: null,
      })
      .execute();
  }

  async function reread(slot: string): Promise<void> {
    await runJob(school.runs, { job: `reread/${slot}`, schoolId: 'norr', day: MONDAY.toString() });
  }

  /** How many are to be followed up, as the day's figures say. */
  async function figures(): Promise<number | undefined> {
    const row = await school.storage.db.selectFrom('contactTime').select('followUps').executeTakeFirst();
    return row?.followUps;
  }

  /** How often the digest was wanted. */
  async function digest(): Promise<number | undefined> {
    const row = await school.storage.db
      .selectFrom('post')
      .select('wantedVersion')
      .where('purpose', '=', 'digest')
      .executeTakeFirst();
    return row?.wantedVersion;
  }
});
