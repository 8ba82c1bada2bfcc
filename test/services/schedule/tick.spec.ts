import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import type { Municipality } from '../../../services/config/municipality.ts';
import { type JobPayloads, type Jobs, startJobs } from '../../../services/jobs/jobs.ts';
import { createLog, silentLog } from '../../../services/log.ts';
import { tick } from '../../../services/schedule/tick.ts';
import type { Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { createMailbox } from '../../support/mailbox.ts';
import { jobRows } from '../jobs/job-rows.ts';
import { municipalityWith } from './schools.ts';

function at(wall: string): Temporal.Instant {
  return Temporal.PlainDateTime.from(wall).toZonedDateTime('Europe/Stockholm').toInstant();
}

function schools(count: number): Municipality {
  return municipalityWith({
    schools: Array.from({ length: count }, (_, index) => ({
      id: `school${index}`,
      name: `Skola ${index}`,
      organisation: `00000000-0000-4000-8000-00000000000${index}`,
    })),
  });
}

forEachEngine('a tick', (engine) => {
  let storage: Storage;
  let jobs: Jobs;
  let lines: string[];
  before(async () => {
    storage = await engine.open();
    jobs = await startJobs({ storage, log: silentLog, timeZone: 'Europe/Stockholm' });
  });
  beforeEach(async () => {
    lines = [];
    await empty(storage.db, ['job_run', 'pgboss.job']);
  });
  after(async () => {
    await jobs.stop();
    await storage.close();
  });

  async function tickAt(wall: string, municipality = schools(1), enqueue: Jobs['enqueue'] = jobs.enqueue) {
    const log = createLog('debug', { write: (line) => lines.push(line) });
    const clock = { now: () => at(wall) };
    const begun = await tick({ db: storage.db, jobs: { enqueue }, municipality, clock, log });
    return begun.map(({ job, schoolId, action }) => `${job} ${schoolId} ${action}`);
  }

  async function ledger() {
    const rows = await storage.db
      .selectFrom('jobRun')
      .selectAll()
      .orderBy('job')
      .orderBy('schoolId')
      .execute();
    return rows.map(({ job, schoolId, day, state, note }) =>
      [job, schoolId, String(day), state, note].join(' '),
    );
  }

  /** Takes `count` runs out of the queue. */
  async function worked(count: number): Promise<readonly JobPayloads['run'][]> {
    const begun = createMailbox<JobPayloads['run']>();
    const own = await startJobs({ storage, log: silentLog, timeZone: 'Europe/Stockholm' });
    await own.work('run', async (run) => begun.put(run));
    for (let taken = 0; taken < count; taken += 1) await begun.next();
    await own.stop();
    return begun.all;
  }

  it('puts down what is due and enqueues it, with its school and day', async () => {
    const begun = await tickAt('2026-11-23T08:45');

    assert.deepEqual(begun, ['roster hub run', 'morning school0 run']);
    assert.deepEqual(await ledger(), [
      'morning school0 2026-11-23 started ',
      'roster hub 2026-11-23 started ',
    ]);
    const runs = await worked(2);
    assert.deepEqual(
      runs.toSorted((a, b) => (a.job < b.job ? -1 : 1)),
      [
        { job: 'morning', schoolId: 'school0', day: '2026-11-23' },
        { job: 'roster', schoolId: 'hub', day: '2026-11-23' },
      ],
    );
  });

  it('does what yields a minute later, nothing more, and the rest of the day in its time', async () => {
    await tickAt('2026-11-23T08:45');

    assert.deepEqual(await tickAt('2026-11-23T08:46'), ['meetStaff school0 run']);
    assert.deepEqual(await tickAt('2026-11-23T08:47'), []);
    assert.deepEqual(await tickAt('2026-11-23T10:00'), ['refresh school0 run', 'cases school0 run']);
    assert.deepEqual(await tickAt('2026-11-23T12:00'), ['digestNoon school0 run']);
    assert.deepEqual(await tickAt('2026-11-23T15:00'), ['digestDayEnd school0 run']);
    assert.deepEqual(await tickAt('2026-11-23T17:00'), ['dayClose school0 run']);
    assert.deepEqual(await tickAt('2026-11-23T23:59'), []);
  });

  it('puts down what is too late as skipped, with why, and tells of it', async () => {
    const begun = await tickAt('2026-11-23T12:30');
    await tickAt('2026-11-23T12:31');

    assert.deepEqual(begun, [
      'roster hub run',
      'meetStaff school0 run',
      'morning school0 skip',
      'cases school0 run',
    ]);
    assert.ok((await ledger()).includes('morning school0 2026-11-23 skipped tooLate'));
    assert.ok((await ledger()).includes('refresh school0 2026-11-23 skipped notRun'));
    const warnings = lines.map((line) => JSON.parse(line)).filter(({ level }) => level === 40);
    assert.deepEqual(
      warnings.map(({ job, school, note }) => [job, school, note]),
      [
        ['morning', 'school0', 'tooLate'],
        ['refresh', 'school0', 'notRun'],
        ['digestNoon', 'school0', 'notRun'],
      ],
    );
    assert.deepEqual((await worked(3)).map(({ job }) => job).toSorted(), ['cases', 'meetStaff', 'roster']);
  });

  it('puts each run down once and enqueues it once, however many replicas tick at the same time', async () => {
    const five = schools(5);

    const begun = await Promise.all(Array.from({ length: 6 }, () => tickAt('2026-11-23T06:00', five)));

    const expected = ['roster hub run', ...[0, 1, 2, 3, 4].map((index) => `meetStaff school${index} run`)];
    assert.deepEqual(begun.flat().toSorted(), expected.toSorted());
    assert.equal((await ledger()).length, 6);
    assert.equal((await jobRows(storage, 'run')).length, 6);
  });

  it('has put nothing down where the job could not be enqueued, and does it with the next', async () => {
    let calls = 0;
    const failing: Jobs['enqueue'] = async (db, queue, data) => {
      calls += 1;
      if (calls === 2) throw new Error('the disk is full');
      await jobs.enqueue(db, queue, data);
    };
    await assert.rejects(tickAt('2026-11-23T08:45', schools(1), failing), /the disk is full/);
    assert.deepEqual(await ledger(), []);

    const begun = await tickAt('2026-11-23T08:46');

    assert.deepEqual(begun, ['roster hub run', 'morning school0 run']);
    assert.equal((await worked(2)).length, 2);
  });

  it('reads no roster of a source that gives none', async () => {
    const sums = { id: 'sums', kind: 'ss12000', url: 'http://127.0.0.1:1/', gives: ['sums'] };
    const roster = { id: 'hub', kind: 'ss12000', url: 'http://127.0.0.1:1/', gives: ['roster'] };

    assert.deepEqual(await tickAt('2026-11-22T06:00', municipalityWith({ sources: [sums, roster] })), [
      'roster hub run',
    ]);
  });
});
