import assert from 'node:assert/strict';
import { type Kysely, sql } from 'kysely';
import pg from 'pg';
import { openStorage, type Storage } from '../../../services/storage/database.ts';
import { migrate } from '../../../services/storage/migrate.ts';
import { sums } from '../../../services/storage/migrations/0003-routine/sums.ts';
import { migrations } from '../../../services/storage/migrations/index.ts';
import { runStatements } from '../../../services/storage/migrations/run-statements.ts';
import { createServerDatabase, engines, forEachEngine } from '../../support/databases.ts';

async function applied({ db }: Storage): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`select name from sedd_migration order by name`.execute(db);
  return rows.map(({ name }) => name);
}

forEachEngine('the migrations', (engine) => {
  let storage: Storage;
  beforeEach(async () => {
    storage = await engine.openNew();
  });
  afterEach(async () => await storage.close());

  it('are each applied once, in order, and a second start changes nothing', async () => {
    await migrate(storage.db);

    assert.deepEqual(await applied(storage), Object.keys(migrations));
    assert.deepEqual(Object.keys(migrations), Object.keys(migrations).toSorted());
  });

  it('count the invalid lessons of the days that are there already', async () => {
    const { db } = storage;
    await sql`alter table day_sum drop column invalid_lessons`.execute(db);
    await sql`
      insert into pupil_lesson values
        ('whole', 'p1', 'norr', '2026-11-23', 60, true, 0, 0, 60, 0), ('late', 'p1', 'norr', '2026-11-23', 60, true, 45, 0, 15, 0),
        ('excused', 'p1', 'norr', '2026-11-23', 60, true, 0, 60, 0, 0), ('unknown', 'p1', 'norr', '2026-11-23', 60, false, 0, 0, 0, 0),
        ('here', 'p2', 'norr', '2026-11-23', 60, true, 60, 0, 0, 0)`.execute(db);
    await sql`
      insert into day_sum values ('p1', '2026-11-23', 'norr', 240, 180, 60, 75, 4, 3, 2, 1),
        ('p2', '2026-11-23', 'norr', 60, 60, 0, 0, 1, 1, 0, 0)`.execute(db);

    await runStatements(db as unknown as Kysely<unknown>, [sums]);

    const rows = await db
      .selectFrom('daySum')
      .select(['pupilId', 'invalidLessons'])
      .orderBy('pupilId')
      .execute();
    assert.deepEqual(rows, [
      { pupilId: 'p1', invalidLessons: 1 },
      { pupilId: 'p2', invalidLessons: 0 },
    ]);
  });

  it('refuse a database that a later version of Sedd has made', async () => {
    await sql`insert into sedd_migration values ('9999-later', '2030-01-01T00:00:00Z')`.execute(storage.db);

    await assert.rejects(migrate(storage.db), ({ code, message }) => {
      assert.equal(code, 'storage.newer');
      assert.match(message, /later version of Sedd/);
      return true;
    });
  });

  it('refuse a database whose tables are somebody else’s, in words', async () => {
    await sql`delete from sedd_migration`.execute(storage.db);

    await assert.rejects(migrate(storage.db), ({ code, message }) => {
      assert.equal(code, 'storage.migration');
      assert.match(message, /42P07/);
      return true;
    });
  });
});

const onServer = engines().some(({ name }) => name === 'PostgreSQL');

if (onServer) {
  describe('the migrations, when several processes start at once', () => {
    it('are applied by one of them, and all of them come up', async () => {
      const { url, drop } = await createServerDatabase();

      const started = await Promise.allSettled(Array.from({ length: 5 }, () => openStorage({ url })));

      const storages = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      assert.equal(storages.length, 5, String(started.find((one) => one.status === 'rejected')?.reason));
      for (const storage of storages) {
        assert.deepEqual(await applied(storage), Object.keys(migrations));
        assert.deepEqual(await storage.db.selectFrom('pupil').selectAll().execute(), []);
      }
      await Promise.all(storages.map((storage) => storage.close()));
      await drop();
    });
  });

  describe('a database on a server that is somebody else’s', () => {
    it('is left as it was', async () => {
      const { url, drop } = await createServerDatabase();
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query('create table staff (whatever integer)');

      await assert.rejects(openStorage({ url }), { code: 'storage.migration' });

      const { rows } = await client.query("select tablename from pg_tables where schemaname = 'public'");
      await client.end();
      await drop();
      const own = ['sedd_migration', 'sedd_migration_lock'];
      assert.deepEqual(rows.map(({ tablename }) => tablename).sort(), [...own, 'staff']);
    });
  });
}
