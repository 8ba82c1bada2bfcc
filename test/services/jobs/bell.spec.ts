import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { type Jobs, startJobs } from '../../../services/jobs/jobs.ts';
import { silentLog } from '../../../services/log.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { engines, forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { createMailbox } from '../../support/mailbox.ts';
import { jobRows } from './job-rows.ts';

const HOUR = 3_600;

forEachEngine('the bell of the deliverer', (engine) => {
  let storage: Storage;
  let jobs: Jobs;
  before(async () => {
    storage = await engine.open();
  });
  beforeEach(async () => {
    jobs = await startJobs({ storage, log: silentLog, timeZone: 'Europe/Stockholm' });
    await empty(storage.db, ['pgboss.job', 'source_cursor']);
  });
  afterEach(async () => await jobs.stop());
  after(async () => await storage.close());

  async function ring(options?: { readonly afterSeconds: number }): Promise<void> {
    await jobs.enqueue(storage.db, 'deliver', {}, options);
  }

  async function states(queue: 'deliver' | 'deliverLater'): Promise<readonly string[]> {
    return (await jobRows(storage, queue)).map(({ state }) => state);
  }

  it('is heard once, however often it rings before anybody comes', async () => {
    const deliveries = createMailbox<string>();
    for (let times = 0; times < 5; times += 1) await ring();

    await jobs.work('deliver', async () => deliveries.put('delivered'));
    await deliveries.next();
    await jobs.stop();

    assert.deepEqual(deliveries.all, ['delivered']);
  });

  it('rings for one more delivery, however often it rings during one, and never for two at once', async () => {
    const begun = createMailbox<() => void>();
    let underWay = 0;
    await jobs.work(
      'deliver',
      async () => {
        underWay += 1;
        assert.equal(underWay, 1);
        await new Promise<void>((resolve) => begun.put(resolve));
        underWay -= 1;
      },
      { atOnce: 3 },
    );
    await ring();
    const endFirst = await begun.next();

    for (let times = 0; times < 10; times += 1) await ring();
    assert.deepEqual(await states('deliver'), ['active', 'created']);
    endFirst();
    (await begun.next())();
    await jobs.stop();

    assert.deepEqual(await states('deliver'), ['completed', 'completed']);
  });

  it('rings with the commit and not with the rollback', async () => {
    const rolledBack = storage.db.transaction().execute(async (trx) => {
      await jobs.enqueue(trx, 'deliver', {});
      throw new Error('changed my mind');
    });
    await assert.rejects(rolledBack, /changed my mind/);

    assert.deepEqual(await states('deliver'), []);
  });

  it('rings later when asked to, and then for now', async () => {
    const deliveries = createMailbox<string>();
    await jobs.work('deliver', async () => deliveries.put('delivered'));

    await ring({ afterSeconds: 1 });

    assert.equal(await deliveries.next(), 'delivered');
  });

  it('has one later ring, the latest', async () => {
    await ring({ afterSeconds: 5 });
    await ring({ afterSeconds: 2 * HOUR });
    await ring({ afterSeconds: HOUR });

    const { rows } = await sql<{ seconds: number }>`
      select extract(epoch from start_after - now())::float8 as seconds from pgboss.job
      where name = 'deliverLater'`.execute(storage.db);
    assert.equal(rows.length, 1);
    assert.ok(Math.abs((rows[0]?.seconds ?? 0) - HOUR) < 60);
  });

  it('is not silenced by a later ring that waits', async () => {
    const deliveries = createMailbox<string>();
    await ring({ afterSeconds: HOUR });
    await jobs.work('deliver', async () => deliveries.put('delivered'));

    await ring();

    assert.equal(await deliveries.next(), 'delivered');
    assert.deepEqual(await states('deliverLater'), ['created']);
  });

  it('is heard by a delivery that sees what was written, whenever it was rung', async () => {
    const seen = createMailbox<number>();
    await jobs.work('deliver', async () => {
      const { rows } = await sql`select from source_cursor`.execute(storage.db);
      seen.put(rows.length);
    });
    const write = (number: number) =>
      storage.db.transaction().execute(async (trx) => {
        await sql`insert into source_cursor values (${String(number)}, '', now())`.execute(trx);
        await jobs.enqueue(trx, 'deliver', {});
        await sql`select from generate_series(1, ${number * 200})`.execute(trx);
      });

    await Promise.all(Array.from({ length: 30 }, (_, number) => write(number)));

    let last = 0;
    while (last < 30) last = await seen.next();
    assert.equal(last, 30);
  });
});

for (const engine of engines().filter(({ name }) => name === 'PostgreSQL')) {
  describe('a bell that waits already when a transaction rings', () => {
    let storage: Storage;
    let jobs: Jobs;
    before(async () => {
      storage = await engine.open();
      jobs = await startJobs({ storage, log: silentLog, timeZone: 'Europe/Stockholm' });
      await jobs.enqueue(storage.db, 'deliver', {});
    });
    after(async () => {
      await jobs.stop();
      await storage.close();
    });

    /** What a worker would get, asked for as the engine asks. */
    async function fetchable(db: Db): Promise<number> {
      const { rows } = await sql`
        select id from pgboss.job where name = 'deliver' and state = 'created' for update skip locked`.execute(
        db,
      );
      return rows.length;
    }

    it('is given to no worker before the transaction has ended, so that nothing it wrote is missed', async () => {
      await storage.db.transaction().execute(async (trx) => {
        await jobs.enqueue(trx, 'deliver', {});

        assert.equal(await fetchable(storage.db), 0);
      });

      assert.equal(await fetchable(storage.db), 1);
    });

    it('lets other transactions ring at the same time', async () => {
      await storage.db.transaction().execute(async (one) => {
        await jobs.enqueue(one, 'deliver', {});
        await storage.db.transaction().execute((other) => jobs.enqueue(other, 'deliver', {}));
      });

      assert.equal(await fetchable(storage.db), 1);
    });

    it('is answered by one of several processes at a time', async () => {
      const begun = createMailbox<() => void>();
      const other = await startJobs({ storage, log: silentLog, timeZone: 'Europe/Stockholm' });
      let underWay = 0;
      let mostAtOnce = 0;
      for (const one of [jobs, other]) {
        await one.work('deliver', async () => {
          underWay += 1;
          mostAtOnce = Math.max(mostAtOnce, underWay);
          await new Promise<void>((resolve) => begun.put(resolve));
          underWay -= 1;
        });
      }

      for (let times = 0; times < 4; times += 1) {
        const end = await begun.next();
        await other.enqueue(storage.db, 'deliver', {});
        end();
      }
      (await begun.next())();

      await other.stop();
      assert.equal(mostAtOnce, 1);
    });
  });
}
