import assert from 'node:assert/strict';
import { breakConversation } from '../../../services/posts/conversations.ts';
import { forEachEngine } from '../../support/databases.ts';
import { COORDINATOR_CHANNEL, clockTime, MONDAY, pupilId } from '../../support/small-school.ts';
import { type MorningSchool, openMorningSchool } from './morning-school.ts';

forEachEngine('a morning', (engine) => {
  let school: MorningSchool;

  beforeEach(async () => {
    school = await openMorningSchool(engine);
  });
  afterEach(() => school.close());

  describe('that has to be held', () => {
    beforeEach(() => {
      school.marks = undefined;
    });

    it('posts nothing to the mentors, and asks the coordinator', async () => {
      await school.run('morning');

      assert.deepEqual(await school.wanted(), ['schoolMorning 1']);
      assert.equal((await school.whole())?.state, 'held');
      assert.match(
        school.log.join(''),
        /"level":40.*"kind":"fewLessonsReported".*held until the coordinator says so/,
      );
    });

    it('goes out by itself at the refresh, when enough is reported by then', async () => {
      await school.run('morning');
      school.marks = (pupil) => (pupil === 0 ? 'missing' : 'here');
      school.at('10:00');

      await school.run('refresh');

      const view = await school.whole();
      assert.deepEqual([view?.state, view?.releasedBy, view?.heldFor], ['released', undefined, []]);
      assert.deepEqual(await school.wanted(), ['digest 2', 'morning 1', 'morning 1', 'schoolMorning 2']);
      assert.deepEqual(await school.followUps(), [[pupilId(0), 'open', 'unreportedAbsence']]);
    });

    it('stays held at the refresh, when it is still as it was', async () => {
      await school.run('morning');

      await school.run('refresh');

      assert.equal((await school.whole())?.state, 'held');
    });

    it('calls nobody missing, and still follows long-term absent pupils up', async () => {
      await school.longTermAbsent(0);
      school.marks = () => 'missing';

      await school.run('morning');

      assert.equal((await school.whole())?.state, 'held');
      assert.deepEqual(await school.followUps(), [[pupilId(0), 'open', 'longTermAbsence']]);
    });

    it('is an error in the log where no channel can be asked', async () => {
      await school.storage.db.deleteFrom('binding').where('role', '=', 'coordinator').execute();

      await school.run('morning');

      assert.match(school.log.join(''), /"level":50.*nobody can be asked/);
    });

    it('is one where the coordinator’s channel cannot be posted to', async () => {
      await breakConversation(
        school.storage.db,
        COORDINATOR_CHANNEL,
        'BotNotInConversationRoster',
        clockTime('08:00'),
      );

      await school.run('morning');

      assert.match(school.log.join(''), /"level":50.*nobody can be asked/);
    });
  });

  describe('with sources that give less', () => {
    for (const gives of [[], ['sums'], ['notices']] as const) {
      it(`says what is lacking where they give ${gives.join() || 'the roster'} alone, and asks nobody`, async () => {
        school.sources = gives.length === 0 ? [] : [{ ...school.attendance, gives: new Set(gives) }];
        await started('morning');

        await school.run('morning');

        assert.equal(await school.whole(), undefined);
        assert.deepEqual(await school.wanted(), []);
        assert.match(school.log.join(''), /"level":40.*no source gives \\"lessons\\"/);
        assert.deepEqual(await ledger(), [['morning', 'done', 'noLessonSource']]);
      });
    }

    it('goes on without notices', async () => {
      school.sources = [{ ...school.attendance, gives: new Set(['lessons']) }];
      school.marks = (pupil) => (pupil === 0 ? 'missing' : 'here');

      await school.run('morning');

      assert.deepEqual(await school.followUps(), [[pupilId(0), 'open', 'unreportedAbsence']]);
    });
  });

  async function started(job: string): Promise<void> {
    const at = clockTime('08:45');
    await school.storage.db
      .insertInto('jobRun')
      .values({
        job,
        schoolId: 'norr',
        day: MONDAY,
        state: 'started',
        startedAt: at,
        finishedAt: null,
        note: null,
      })
      .execute();
  }

  async function ledger() {
    const rows = await school.storage.db.selectFrom('jobRun').selectAll().execute();
    return rows.map(({ job, state, note }) => [job, state, note]);
  }
});
