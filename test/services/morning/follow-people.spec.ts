import assert from 'node:assert/strict';
import { importDay } from '../../../services/attendance/import-attendance.ts';
import { readMorningFailure, tellOfFailure } from '../../../services/morning/read-failure.ts';
import { forEachEngine } from '../../support/databases.ts';
import { clockTime, groupId, MONDAY, pupilId } from '../../support/small-school.ts';
import { type MorningSchool, openMorningSchool } from './morning-school.ts';

const tuesday = MONDAY.add({ days: 1 });

forEachEngine('the cards follow', (engine) => {
  let school: MorningSchool;

  beforeEach(async () => {
    school = await openMorningSchool(engine);
    school.days.push(tuesday.toString());
    school.marks = (pupil) => (pupil === 0 ? 'missing' : 'here');
  });
  afterEach(() => school.close());

  describe('a pupil who is protected from now on', () => {
    beforeEach(async () => {
      await school.run('morning');
      school.at('08:45', tuesday);
      await school.run('morning', tuesday);
      await allShown();
    });

    it('on every card of the pupil’s group, of whatever day, when the roster says so', async () => {
      school.isProtected = (pupil) => pupil === 0;

      await school.run('roster');

      assert.deepEqual(await stale(), [
        'morning 0 2026-11-23',
        'morning 0 2026-11-24',
        'morning 1 2026-11-24',
        'schoolMorning 2026-11-24',
      ]);
      assert.doesNotMatch(JSON.stringify([await school.group(0), await school.group(0, tuesday)]), /Elev0/);
    });

    it('when a day’s attendance says so', async () => {
      const day = await school.attendance.readDay('norr', tuesday);

      await importDay(school.runs, 'norr', tuesday, { ...day, protectedIds: new Set([pupilId(0)]) });

      assert.ok((await stale()).includes('morning 0 2026-11-23'));
      assert.doesNotMatch(JSON.stringify(await school.group(0)), /Elev0/);
    });

    it('of a group that the pupil has left', async () => {
      school.groupsOf = (pupil) => [pupil === 0 ? 1 : Math.floor(pupil / 10)];
      await school.run('roster');
      await allShown();
      school.isProtected = (pupil) => pupil === 0;

      await school.run('roster');

      for (const group of [0, 1]) assert.ok((await stale()).includes(`morning ${group} 2026-11-23`));
    });
  });

  it('nobody where the roster is as it was', async () => {
    await school.run('morning');
    await allShown();

    await school.run('roster');

    assert.deepEqual(await stale(), []);
  });

  it('who has come to a group or left it, today', async () => {
    await school.run('morning');
    await allShown();
    school.groupsOf = (pupil) => [pupil === 5 ? 1 : Math.floor(pupil / 10)];

    await school.run('roster');

    assert.deepEqual(await stale(), [
      'morning 0 2026-11-23',
      'morning 1 2026-11-23',
      'schoolMorning 2026-11-23',
    ]);
  });

  describe('a morning that cannot be read', () => {
    beforeEach(async () => {
      school.failure = new Error('no answer');
      await school.storage.db
        .insertInto('jobRun')
        .values({
          job: 'morning',
          schoolId: 'norr',
          day: MONDAY,
          state: 'started',
          startedAt: clockTime('08:45'),
          finishedAt: null,
          note: null,
        })
        .execute();
    });

    for (const [time, isTold] of [
      ['08:45', false],
      ['08:49', false],
      ['08:50', true],
      ['09:30', true],
    ] as const) {
      it(`${isTold ? 'with a word' : 'without a word'} to the coordinator when it has failed until ${time}`, async () => {
        school.at(time);

        await assert.rejects(school.run('morning'));

        assert.deepEqual(await school.wanted(), isTold ? ['schoolMorning 1'] : []);
        const failure = await readMorningFailure(school.storage.db, { schoolId: 'norr', day: MONDAY });
        assert.deepEqual([failure?.code, failure?.since.equals(clockTime('08:45'))], ['internal', true]);
      });
    }

    it('until it can: then there is no failure to tell of', async () => {
      school.at('09:00');
      await assert.rejects(school.run('morning'));
      school.failure = undefined;
      await school.run('refresh');

      const failure = await readMorningFailure(school.storage.db, { schoolId: 'norr', day: MONDAY });
      await tellOfFailure(school.runs, { schoolId: 'norr', day: MONDAY });

      assert.equal(failure, undefined);
      assert.deepEqual(await school.wanted(), ['digest 2', 'morning 1', 'morning 1', 'schoolMorning 2']);
    });
  });

  async function allShown(): Promise<void> {
    await school.storage.db
      .updateTable('post')
      .set((eb) => ({ state: 'posted', activityId: '1763', shownVersion: eb.ref('wantedVersion') }))
      .execute();
  }

  async function stale(): Promise<readonly string[]> {
    const rows = await school.storage.db
      .selectFrom('post')
      .select(['purpose', 'subject'])
      .whereRef('shownVersion', '<', 'wantedVersion')
      .execute();
    const numbers = new Map([0, 1].map((number) => [groupId(number), `${number}`]));
    return rows
      .map(({ purpose, subject }) => {
        const [owner = '', day = ''] = subject.split('/');
        return purpose === 'morning' ? `${purpose} ${numbers.get(owner)} ${day}` : `${purpose} ${day}`;
      })
      .sort();
  }
});
