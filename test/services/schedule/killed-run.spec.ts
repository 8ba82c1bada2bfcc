import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { startJobs } from '../../../services/jobs/jobs.ts';
import { silentLog } from '../../../services/log.ts';
import { finishRun } from '../../../services/schedule/ledger.ts';
import { tick } from '../../../services/schedule/tick.ts';
import { workRun } from '../../../services/schedule/work-run.ts';
import { type Db, openStorage } from '../../../services/storage/database.ts';
import { startChild } from '../../support/child.ts';
import { emptyTemplate } from '../../support/databases.ts';
import { createMailbox } from '../../support/mailbox.ts';
import { municipalityWith } from './schools.ts';

const municipality = municipalityWith();
const schools = new Map(municipality.schools.map((school) => [school.id, school]));

async function ledger(db: Db): Promise<readonly string[]> {
  const rows = await db.selectFrom('jobRun').select(['job', 'state', 'note']).orderBy('job').execute();
  return rows.map(({ job, state, note }) => [job, state, note].filter(Boolean).join(' '));
}

describe('a run whose process is killed', () => {
  let dataDir: string;
  beforeEach(async function () {
    this.timeout(60_000);
    dataDir = await mkdtemp(join(tmpdir(), 'sedd-'));
    await (await openStorage({ dataDir, template: await emptyTemplate() })).close();
    const child = startChild(join(import.meta.dirname, 'tick-child.ts'), [dataDir]);
    const begun = [await child.nextLine(), await child.nextLine(), await child.nextLine()];
    assert.deepEqual(begun.toSorted(), ['meetStaff', 'morning', 'roster']);
    await child.kill();
  });
  afterEach(async () => await rm(dataDir, { recursive: true }));

  /** Starts again at that time, lets what is left be done, and tells which runs were. */
  async function startAgain(time: string) {
    const storage = await openStorage({ dataDir });
    const { db } = storage;
    const clock = { now: () => Temporal.Instant.from(time) };
    const before = await ledger(db);
    const jobs = await startJobs({ storage, log: silentLog, timeZone: 'Europe/Stockholm' });
    const ended = createMailbox<string>();
    const done: string[] = [];
    await jobs.work('run', async (run) => {
      await workRun({ db, clock, log: silentLog, schools }, run, async () => {
        done.push(run.job);
        await finishRun({ db, clock }, run.job, run.schoolId, Temporal.PlainDate.from(run.day), {
          state: 'done',
        });
      });
      ended.put(run.job);
    });
    const newlyDue = await tick({ db, jobs, municipality, clock, log: silentLog });
    for (let run = 0; run < before.length; run += 1) await ended.next();
    await jobs.stop();
    const after = await ledger(db);
    await storage.close();
    return { before, newlyDue: newlyDue.map(({ job }) => job), done: done.toSorted(), after };
  }

  it('is done by the next process, once', async () => {
    const again = await startAgain('2026-11-23T07:50:00Z');

    assert.deepEqual(again.before, ['meetStaff started', 'morning started', 'roster started']);
    assert.deepEqual(again.newlyDue, []);
    assert.deepEqual(again.done, ['meetStaff', 'morning', 'roster']);
    assert.deepEqual(again.after, ['meetStaff done', 'morning done', 'roster done']);
  }).timeout(60_000);

  it('is skipped visibly where the next process comes too late for it', async () => {
    const again = await startAgain('2026-11-24T06:00:00Z');

    assert.deepEqual(again.done, ['roster']);
    assert.ok(again.after.includes('morning skipped tooLate'));
  }).timeout(60_000);
});
