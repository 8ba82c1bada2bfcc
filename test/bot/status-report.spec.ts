import assert from 'node:assert/strict';
import { statusFindings } from '../../bot/commands/status-findings.ts';
import { readStatus } from '../../bot/status-report.ts';
import type { Db, Storage } from '../../services/storage/database.ts';
import { forEachEngine } from '../support/databases.ts';
import { empty } from '../support/dump.ts';
import { clockTime, MONDAY } from '../support/small-school.ts';

const SCHOOLS = 30;

forEachEngine('what failed in the last days', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => {
    await empty(db, ['job_run']);
    // More than the last runs have room for, all begun after the one that failed.
    for (let index = 0; index < SCHOOLS; index += 1)
      for (const job of ['roster', 'morning']) await ran(job, `school${index}`, 0);
  });
  after(() => storage.close());

  async function ran(job: string, schoolId: string, daysAgo: number, state: 'done' | 'failed' = 'done') {
    const startedAt = clockTime(state === 'failed' ? '05:30' : '08:45');
    const day = MONDAY.subtract({ days: daysAgo });
    const note = state === 'failed' ? 'source.unreachable' : null;
    await db
      .insertInto('jobRun')
      .values({ job, schoolId, day, state, startedAt, finishedAt: startedAt, note })
      .execute();
  }

  it('is told of a school whose morning is not among the last runs', async () => {
    await ran('morning', 'norr', 0, 'failed');

    const report = await readStatus(db);

    assert.ok(report.runs.every(({ schoolId }) => schoolId !== 'norr'));
    assert.equal(report.failed, 1);
    assert.deepEqual(
      report.failures.map(({ schoolId, job, note }) => [schoolId, job, note]),
      [['norr', 'morning', 'source.unreachable']],
    );
    const [finding] = statusFindings(report).filter(({ what }) => what === 'Runs');
    assert.equal(finding?.state, 'look');
  });

  it('ends with the days: what is older is told of no more', async () => {
    for (const daysAgo of [6, 7]) await ran('morning', 'norr', daysAgo, 'failed');

    const { failed, failures } = await readStatus(db);

    assert.equal(failed, 1);
    assert.deepEqual(
      failures.map(({ day }) => day),
      [MONDAY.subtract({ days: 6 }).toString()],
    );
  });

  it('is counted further than it is listed, the last first', async () => {
    for (let index = 0; index < SCHOOLS; index += 1) await ran('refresh', `school${index}`, 1, 'failed');
    await ran('morning', 'norr', 0, 'failed');

    const { failed, failures } = await readStatus(db);

    assert.equal(failed, SCHOOLS + 1);
    assert.equal(failures.length, 20);
    assert.equal(failures[0]?.schoolId, 'norr');
  });
});
