import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { type JobPayloads, type Jobs, startJobs } from '../../../services/jobs/jobs.ts';
import { silentLog } from '../../../services/log.ts';
import { openStorage, type Storage } from '../../../services/storage/database.ts';
import { startChild } from '../../support/child.ts';
import { emptyTemplate, engines } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { createMailbox } from '../../support/mailbox.ts';
import { jobRows, runOf } from './job-rows.ts';

const timeZone = 'Europe/Stockholm';

describe('jobs that a killed process left under way', () => {
  it('are taken up at once by the next one, where the database is in the process', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'sedd-'));
    await (await openStorage({ dataDir, template: await emptyTemplate() })).close();
    const child = startChild(join(import.meta.dirname, 'jobs-child.ts'), [dataDir]);
    const left = [await child.nextLine(), await child.nextLine(), await child.nextLine()];
    assert.deepEqual(left.toSorted(), ['deliver', 'run', 'tick']);
    await child.kill();

    const storage = await openStorage({ dataDir });
    const jobs = await startJobs({ storage, log: silentLog, timeZone });
    const begun = createMailbox<string>();
    for (const queue of ['run', 'deliver', 'tick'] as const) {
      await jobs.work(queue, async () => begun.put(queue));
    }

    const again = [await begun.next(), await begun.next(), await begun.next()];
    assert.deepEqual(again.toSorted(), ['deliver', 'run', 'tick']);
    await jobs.stop();
    await storage.close();
    await rm(dataDir, { recursive: true });
  }).timeout(60_000);
});

describe('what the database in the process has as under way at a start', () => {
  let storage: Storage;
  let jobs: Jobs;
  before(async () => {
    storage = await openStorage({ template: await emptyTemplate() });
  });
  beforeEach(async () => {
    jobs = await startJobs({ storage, log: silentLog, timeZone });
    await empty(storage.db, ['pgboss.job']);
  });
  afterEach(async () => await jobs.stop());
  after(async () => await storage.close());

  /** As if the process had been killed while it worked, and another one had started. */
  async function killAndStart(): Promise<void> {
    await jobs.stop();
    await sql`update pgboss.job set state = 'active', started_on = now(), heartbeat_on = now()`.execute(
      storage.db,
    );
    jobs = await startJobs({ storage, log: silentLog, timeZone });
  }

  it('gives way to the bell that has rung since', async () => {
    await jobs.enqueue(storage.db, 'deliver', {});
    await sql`update pgboss.job set state = 'active', started_on = now()`.execute(storage.db);
    await jobs.enqueue(storage.db, 'deliver', {});
    await sql`insert into pgboss.job (name, state, policy) values ('deliver', 'retry', 'stately')`.execute(
      storage.db,
    );
    await jobs.stop();

    jobs = await startJobs({ storage, log: silentLog, timeZone });

    const left = (await jobRows(storage, 'deliver')).map(({ state }) => state);
    assert.deepEqual(left.toSorted(), ['created', 'failed', 'retry']);
  });

  it('is given up where it has brought the process down too often', async () => {
    const givenUp = createMailbox<JobPayloads['run']>();
    await jobs.enqueue(storage.db, 'run', runOf('norr'));
    await sql`update pgboss.job set retry_count = retry_limit where name = 'run'`.execute(storage.db);

    await killAndStart();
    await jobs.work('runGivenUp', async (data) => givenUp.put(data));

    assert.deepEqual(await givenUp.next(), runOf('norr'));
  });

  it('need not wait for the pause after a failed try', async () => {
    const begun = createMailbox<string>();
    await jobs.enqueue(storage.db, 'run', runOf('norr'));
    await sql`update pgboss.job set state = 'retry', start_after = now() + interval '10 minutes'`.execute(
      storage.db,
    );
    await jobs.stop();

    jobs = await startJobs({ storage, log: silentLog, timeZone });
    await jobs.work('run', async ({ schoolId }) => begun.put(schoolId));

    assert.equal(await begun.next(), 'norr');
  });
});

for (const engine of engines().filter(({ name }) => name === 'PostgreSQL')) {
  describe('what a server has as under way at a start', () => {
    it('is another replica’s, and left alone', async () => {
      const storage = await engine.open();
      const jobs = await startJobs({ storage, log: silentLog, timeZone });
      await jobs.enqueue(storage.db, 'run', runOf('norr'));
      await sql`update pgboss.job set state = 'active', started_on = now(), heartbeat_on = now()`.execute(
        storage.db,
      );

      const other = await startJobs({ storage, log: silentLog, timeZone });

      assert.deepEqual(
        (await jobRows(storage, 'run')).map(({ state }) => state),
        ['active'],
      );
      await other.stop();
      await jobs.stop();
      await storage.close();
    });
  });
}
