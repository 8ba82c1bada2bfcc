import assert from 'node:assert/strict';
import { createComposer } from '../../bot/posts.ts';
import { runJob } from '../../bot/runs.ts';
import { parseRoutines } from '../../services/config/load-routine.ts';
import { SourceError } from '../../services/sources/source-error.ts';
import { type MorningSchool, openMorningSchool } from '../services/morning/morning-school.ts';
import { forEachEngine } from '../support/databases.ts';
import { clockTime, groupId, MONDAY, pupilId, smallMunicipality } from '../support/small-school.ts';

const day = MONDAY.toString();

forEachEngine('a scheduled job', (engine) => {
  let school: MorningSchool;

  beforeEach(async () => {
    school = await openMorningSchool(engine);
    const row = { schoolId: 'norr', day: MONDAY, state: 'started' as const, finishedAt: null, note: null };
    const jobs = ['morning', 'refresh', 'dayClose'].map((job) => ({
      ...row,
      job,
      startedAt: clockTime('08:45'),
    }));
    await school.storage.db.insertInto('jobRun').values(jobs).execute();
  });
  afterEach(() => school.close());

  for (const job of ['morning', 'refresh', 'dayClose'] as const) {
    it(`is put down as done: ${job}`, async () => {
      await school.run(job);

      assert.deepEqual(await ledgerOf(job), ['done', null]);
    });

    it(`is put down as failed, with a code and no more, and fails: ${job}`, async () => {
      await school.run('roster');
      school.failure = new SourceError('auth', 'The source let nobody in', { source: 'memory' });

      await assert.rejects(school.run(job), { code: 'source.auth' });

      assert.deepEqual(await ledgerOf(job), ['failed', 'source.auth']);
    });
  }

  it('is put down as done when a later try goes well', async () => {
    school.failure = new Error('Elev0 Exempel');
    await assert.rejects(school.run('morning'));
    assert.deepEqual(await ledgerOf('morning'), ['failed', 'internal']);
    school.failure = undefined;

    await school.run('morning');

    assert.deepEqual(await ledgerOf('morning'), ['done', null]);
  });

  it('closes the day with the routine in force: who has been away for days on end is proposed, once', async () => {
    const text = `routines:
  - validFrom: 2026-08-01
    name: Rutin
    levels:
      - key: away
        name: Borta
        when: [{ metric: consecutiveDays, over: 2 }]
        steps: [{ key: call, name: Ring, role: mentor, dueInSchoolDays: 1 }]
`;
    const routines = parseRoutines(text, 'routine.yaml');
    const routine = {
      municipality: smallMunicipality('http://127.0.0.1:1/', 2),
      routines,
      onCase: async () => {},
    };
    await school.longTermAbsent(3);
    school.marks = (pupil) => (pupil === 3 ? 'valid' : 'here');

    for (const _again of [1, 2])
      await runJob({ ...school.runs, routine }, { job: 'dayClose', schoolId: 'norr', day });

    const cases = await school.storage.db.selectFrom('routineCase').selectAll().execute();
    assert.deepEqual(
      cases.map((one) => [one.pupilId, one.level, one.state]),
      [[pupilId(3), 'away', 'proposed']],
    );
  });

  it('that a later version would know is refused, and so is a school that is no more', async () => {
    const unknown = runJob(school.runs, { job: 'constructor', schoolId: 'norr', day });
    const gone = runJob(school.runs, { job: 'morning', schoolId: 'syd', day });

    await assert.rejects(unknown, { code: 'run.unknown' });
    await assert.rejects(gone, { code: 'run.noSchool' });
  });

  it('of a source that is no more does nothing', async () => {
    await runJob(school.runs, { job: 'roster', schoolId: 'formerly', day });

    assert.deepEqual(await school.storage.db.selectFrom('pupil').select('id').execute(), []);
  });

  describe('leaves cards', () => {
    const post = {
      purpose: 'morning',
      subject: `${groupId(0)}/${day}`,
      conversationId: '19:a@thread.tacv2',
      schoolId: 'norr',
      day: MONDAY,
      isShown: false,
      seenAt: 0,
      alike: 0,
    };

    it('that are composed from what is known now', async () => {
      await school.run('morning');

      const message = await composer()(post);

      assert.equal(message?.summary, '7A: ingen att följa upp här just nu');
    });

    it('that show nothing of a school that is no more, and of what no version knows', async () => {
      await school.run('morning');

      assert.equal(await composer()({ ...post, schoolId: 'syd' }), undefined);
      assert.equal(await composer()({ ...post, purpose: 'constructor' }), undefined);
    });

    function composer() {
      return createComposer({ ...school.runs, db: school.storage.db, routines: [] });
    }
  });

  async function ledgerOf(job: string) {
    const row = await school.storage.db
      .selectFrom('jobRun')
      .select(['state', 'note'])
      .where('job', '=', job)
      .executeTakeFirstOrThrow();
    return [row.state, row.note];
  }
});
