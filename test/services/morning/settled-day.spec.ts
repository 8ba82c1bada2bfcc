import assert from 'node:assert/strict';
import { runJob } from '../../../bot/runs.ts';
import { forEachEngine } from '../../support/databases.ts';
import { MONDAY, reportedAllDay } from '../../support/small-school.ts';
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
