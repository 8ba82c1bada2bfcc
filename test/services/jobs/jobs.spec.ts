import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { type JobPayloads, type Jobs, startJobs } from '../../../services/jobs/jobs.ts';
import { createLog } from '../../../services/log.ts';
import type { Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { createMailbox, type Mailbox } from '../../support/mailbox.ts';
import { hurry, jobRows, runOf, waitOfNextTry } from './job-rows.ts';

forEachEngine('a job', (engine) => {
  let storage: Storage;
  let jobs: Jobs;
  let lines: string[];
  let begun: Mailbox<string>;
  before(async () => {
    storage = await engine.open();
  });
  beforeEach(async () => {
    lines = [];
    begun = createMailbox();
    const log = createLog('info', { write: (line) => lines.push(line) });
    jobs = await startJobs({ storage, log, timeZone: 'Europe/Stockholm' });
    await empty(storage.db, ['pgboss.job', 'source_cursor']);
  });
  afterEach(async () => await jobs.stop());
  after(async () => await storage.close());

  async function enqueue(schoolId: string): Promise<void> {
    await jobs.enqueue(storage.db, 'run', runOf(schoolId));
  }

  it('is gone with the transaction that is rolled back, and worked once with the one that is committed', async () => {
    const rolledBack = storage.db.transaction().execute(async (trx) => {
      await jobs.enqueue(trx, 'run', runOf('norr'));
      throw new Error('changed my mind');
    });
    await assert.rejects(rolledBack, /changed my mind/);
    await storage.db.transaction().execute((trx) => jobs.enqueue(trx, 'run', runOf('söder')));

    await jobs.work('run', async ({ schoolId }) => begun.put(schoolId));

    assert.equal(await begun.next(), 'söder');
    await jobs.stop();
    assert.deepEqual(begun.all, ['söder']);
    assert.deepEqual(await jobRows(storage, 'run'), [{ state: 'completed', retryCount: 0 }]);
  });

  it('is not begun before its transaction has ended', async () => {
    await jobs.work('run', async () => {
      const { rows } = await sql`select from source_cursor`.execute(storage.db);
      begun.put(`${rows.length} rows`);
    });

    await storage.db.transaction().execute(async (trx) => {
      await jobs.enqueue(trx, 'run', runOf('norr'));
      await sql`insert into source_cursor select 'c' || n, '', now() from generate_series(1, 5000) as n`.execute(
        trx,
      );
    });

    assert.equal(await begun.next(), '5000 rows');
  });

  it('carries what it was given', async () => {
    const given = createMailbox<JobPayloads['run']>();
    await jobs.work('run', async (data) => given.put(data));

    await enqueue('vänerparkens-skola');

    assert.deepEqual(await given.next(), runOf('vänerparkens-skola'));
  });

  it('is tried again after a while when its handler throws, and then done', async () => {
    await jobs.work('run', async () => {
      begun.put(`try ${begun.all.length + 1}`);
      if (begun.all.length === 1) throw new Error('the source is down');
    });
    await enqueue('norr');
    await begun.next();
    await waitOfNextTry(storage, 1);

    await hurry(storage);

    assert.equal(await begun.next(), 'try 2');
    await jobs.stop();
    assert.deepEqual(await jobRows(storage, 'run'), [{ state: 'completed', retryCount: 1 }]);
  });

  it('waits longer after each try, but never for long', async () => {
    await jobs.work('run', async () => {
      throw new Error('the source is down');
    });
    await enqueue('norr');

    const waits: number[] = [];
    for (const tries of [1, 2, 3]) {
      waits.push(await waitOfNextTry(storage, tries));
      await hurry(storage);
    }
    await waitOfNextTry(storage, 4);
    await hurry(storage, 20);

    for (const [index, seconds] of waits.entries()) {
      assert.ok(seconds > 14 * 2 ** index && seconds <= 31 * 2 ** index, waits.join());
    }
    assert.ok((await waitOfNextTry(storage, 21)) <= 601);
  });

  it('is given up after its last try, and handed to whoever sees to what is given up', async () => {
    const givenUp = createMailbox<JobPayloads['run']>();
    await jobs.work('runGivenUp', async (data) => givenUp.put(data));
    await enqueue('norr');
    await sql`update pgboss.job set retry_count = retry_limit where name = 'run'`.execute(storage.db);

    await jobs.work('run', async () => {
      throw new Error('the source is down for good');
    });

    assert.deepEqual(await givenUp.next(), runOf('norr'));
    assert.equal((await jobRows(storage, 'run'))[0]?.state, 'failed');
  });

  it('leaves of its failure a line in the log and a code in the database, and nobody’s name', async () => {
    await jobs.work('run', async () => {
      const detail = 'Failing row contains (p1, Hemlig, Skyddsson)';
      throw Object.assign(new Error('violates check'), { detail, params: ['Hemlig'] });
    });
    await enqueue('norr');
    await waitOfNextTry(storage, 1);

    const { rows } = await sql`select * from pgboss.job where name = 'run'`.execute(storage.db);

    assert.match(lines.join(), /violates check.*A job failed/);
    assert.match(JSON.stringify(rows), /internal/);
    assert.doesNotMatch(lines.join() + JSON.stringify(rows), /Hemlig|Skyddsson/);
  });

  it('is done beside others, as many at once as were asked for', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const handler = async ({ schoolId }: JobPayloads['run']) => {
      begun.put(schoolId);
      await held;
    };
    await jobs.work('run', handler, { atOnce: 3 });
    for (const schoolId of ['a', 'b', 'c', 'd']) await enqueue(schoolId);

    const first = [await begun.next(), await begun.next(), await begun.next()];
    assert.equal(begun.all.length, 3);
    release();

    assert.deepEqual([...first, await begun.next()].sort(), ['a', 'b', 'c', 'd']);
  });

  it('may not be asked for later, unless it is the bell', async () => {
    const later = jobs.enqueue(storage.db, 'run', runOf('norr'), { afterSeconds: 5 });

    await assert.rejects(later, { code: 'jobs.noLater' });
    assert.deepEqual(await jobRows(storage, 'run'), []);
  });
});
