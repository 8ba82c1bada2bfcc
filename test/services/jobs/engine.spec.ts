import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { type Jobs, startJobs } from '../../../services/jobs/jobs.ts';
import { createLog, silentLog } from '../../../services/log.ts';
import { openStorage, type Storage } from '../../../services/storage/database.ts';
import { createServerDatabase, engines, forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { createMailbox } from '../../support/mailbox.ts';
import { hurry, jobRows, runOf, waitOfNextTry } from './job-rows.ts';

const timeZone = 'Europe/Stockholm';

forEachEngine('the job engine', (engine) => {
  let storage: Storage;
  before(async () => {
    storage = await engine.open();
  });
  after(async () => await storage.close());

  it('brings queues that an earlier version made to what they are now', async () => {
    await (await startJobs({ storage, log: silentLog, timeZone })).stop();
    await sql`update pgboss.queue set retry_limit = 2, heartbeat_seconds = null, notify = false`.execute(
      storage.db,
    );

    await (await startJobs({ storage, log: silentLog, timeZone })).stop();

    const { rows } = await sql<{ name: string; policy: string; limit: number; deadLetter: string | null }>`
      select name, policy, dead_letter from pgboss.queue
      where heartbeat_seconds = 10 and notify and (retry_limit > 2 or name = 'tick') and name not like '\\_\\_%'
      order by 1`.execute(storage.db);
    assert.deepEqual(rows, [
      { name: 'deliver', policy: 'stately', deadLetter: null },
      { name: 'deliverLater', policy: 'short', deadLetter: null },
      { name: 'run', policy: 'standard', deadLetter: 'runGivenUp' },
      { name: 'runGivenUp', policy: 'standard', deadLetter: null },
      { name: 'tick', policy: 'stately', deadLetter: null },
    ]);
  });

  it('has one tick a minute by the wall clock, however often it is started', async () => {
    for (let start = 0; start < 2; start += 1) {
      const jobs = await startJobs({ storage, log: silentLog, timeZone });
      await jobs.everyMinute('tick');
      await jobs.stop();
    }

    const { rows } = await sql`select name, cron, timezone from pgboss.schedule`.execute(storage.db);
    assert.deepEqual(rows, [{ name: 'tick', cron: '* * * * *', timezone: timeZone }]);
  });

  it('ticks by itself', async () => {
    const ticks = createMailbox<string>();
    const jobs = await startJobs({ storage, log: silentLog, timeZone, lookSeconds: 1 });
    await jobs.work('tick', async () => ticks.put('tick'));

    await jobs.everyMinute('tick');

    assert.equal(await ticks.next(), 'tick');
    await jobs.stop();
  });

  describe('when it is stopped', () => {
    let lines: string[];
    let jobs: Jobs;
    beforeEach(async () => {
      lines = [];
      const log = createLog('info', { write: (line) => lines.push(line) });
      jobs = await startJobs({ storage, log, timeZone });
      await empty(storage.db, ['pgboss.job']);
    });

    it('tells the running jobs so, waits for them, and begins no other', async () => {
      const begun = createMailbox<string>();
      const done: string[] = [];
      await jobs.work('run', async ({ schoolId }, signal) => {
        const told = new Promise((resolve) => signal.addEventListener('abort', resolve));
        begun.put(schoolId);
        await told;
        await jobs.enqueue(storage.db, 'deliver', {});
        done.push(schoolId);
      });
      await jobs.enqueue(storage.db, 'run', runOf('first'));
      await begun.next();
      await jobs.enqueue(storage.db, 'run', runOf('second'));

      await jobs.stop();

      assert.deepEqual([begun.all, done], [['first'], ['first']]);
      assert.deepEqual(
        (await jobRows(storage, 'run')).map(({ state }) => state),
        ['completed', 'created'],
      );
      assert.equal((await jobRows(storage, 'deliver')).length, 1);
    });

    it('calls what a job leaves undone no fault, and lets the next start take it up', async () => {
      const begun = createMailbox<string>();
      await jobs.work('run', async ({ schoolId }, signal) => {
        const told = new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason)),
        );
        begun.put(schoolId);
        await told;
      });
      await jobs.enqueue(storage.db, 'run', runOf('norr'));
      await begun.next();

      await jobs.stop();

      assert.deepEqual(
        (await jobRows(storage, 'run')).map(({ state }) => state),
        ['retry'],
      );
      assert.match(lines.join(), /cut short by the stop/);
      assert.doesNotMatch(lines.join(), /"level":50/);
    });

    it('may be stopped twice', async () => {
      await jobs.stop();
      await jobs.stop();
    });
  });
});

for (const engine of engines().filter(({ name }) => name === 'PostgreSQL')) {
  describe('the job engine of several processes', () => {
    it('starts in all of them at once, and does each job in one', async () => {
      const { url, drop } = await createServerDatabase();
      const storages = await Promise.all(Array.from({ length: 3 }, () => openStorage({ url })));
      const begun = createMailbox<string>();
      const all = await Promise.all(
        storages.map((storage) => startJobs({ storage, log: silentLog, timeZone })),
      );
      for (const jobs of all) await jobs.work('run', async ({ schoolId }) => begun.put(schoolId));
      const schools = Array.from({ length: 30 }, (_, number) => `school${number}`);

      for (const [number, school] of schools.entries()) {
        const { db } = storages[number % 3] ?? assert.fail();
        await all[number % 3]?.enqueue(db, 'run', runOf(school));
      }
      for (const _ of schools) await begun.next();

      await Promise.all(all.map((jobs) => jobs.stop()));
      await Promise.all(storages.map((storage) => storage.close()));
      await drop();
      assert.deepEqual(begun.all.toSorted(), schools.toSorted());
    });

    it('takes a job from a process that has died, once its heart has stopped', async () => {
      const storage = await engine.open();
      const begun = createMailbox<string>();
      const jobs = await startJobs({ storage, log: silentLog, timeZone, lookSeconds: 1 });
      await jobs.enqueue(storage.db, 'run', runOf('norr'));
      await sql`update pgboss.job set state = 'active', started_on = now(), heartbeat_on = now() - interval '11 seconds'
        where name = 'run'`.execute(storage.db);
      await jobs.work('run', async ({ schoolId }) => begun.put(schoolId));

      await waitOfNextTry(storage, 1);
      await hurry(storage);

      assert.equal(await begun.next(), 'norr');
      await jobs.stop();
      await storage.close();
    });
  });
}
