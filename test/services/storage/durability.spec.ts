import assert from 'node:assert/strict';
import fs from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { sql } from 'kysely';
import sinon from 'sinon';
import { openStorage, type Storage } from '../../../services/storage/database.ts';
import { upkeep } from '../../../services/storage/upkeep.ts';
import { startChild } from '../../support/child.ts';
import { emptyTemplate } from '../../support/databases.ts';

const script = join(import.meta.dirname, 'storage-child.ts');

describe('the database in this process, on disk', () => {
  let dataDir: string;
  let storage: Storage;
  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'sedd-'));
    storage = await openStorage({ dataDir, template: await emptyTemplate() });
  });
  after(async () => {
    await storage.close();
    await rm(dataDir, { recursive: true });
  });

  async function setting(name: string): Promise<string> {
    const { rows } = await sql<{ value: string }>`select current_setting(${name}) as value`.execute(
      storage.db,
    );
    return rows[0]?.value ?? '';
  }

  async function write(numbers: readonly number[]): Promise<void> {
    await sql`insert into source_cursor select unnest(${numbers.map(String)}::text[]), 'x', now()`.execute(
      storage.db,
    );
  }

  for (const [name, value] of [
    ['fsync', 'on'],
    ['wal_sync_method', 'fsync'],
    ['full_page_writes', 'on'],
    ['synchronous_commit', 'on'],
    ['shared_buffers', '32MB'],
    ['max_wal_size', '96MB'],
    ['min_wal_size', '48MB'],
  ] as const) {
    it(`runs with ${name} = ${value}`, async () => assert.equal(await setting(name), value));
  }

  it('brings every commit to the disk before it is acknowledged', async () => {
    const fsync = sinon.spy(fs, 'fsyncSync');
    try {
      for (const number of [1, 2, 3]) {
        fsync.resetHistory();

        await write([number]);

        assert.ok(fsync.callCount >= 1, `commit ${number} was not synced`);
      }
    } finally {
      fsync.restore();
    }
  });

  it('does not sync what only reads', async () => {
    await write([4]);
    const fsync = sinon.spy(fs, 'fsyncSync');
    try {
      await storage.db.selectFrom('sourceCursor').selectAll().execute();

      assert.equal(fsync.callCount, 0);
    } finally {
      fsync.restore();
    }
  });

  it('keeps its log bounded, as long as upkeep comes round', async () => {
    const { pglite } = storage.raw as { readonly pglite: PGlite };
    const segments = async () =>
      (await readdir(join(dataDir, 'postgresql', 'pg_wal'))).filter((name) => /^[0-9A-F]{24}$/.test(name));

    // Each round writes more than one segment of 16 MB.
    for (let round = 0; round < 9; round += 1) {
      await sql`insert into source_cursor select 'many' || g, repeat('y', 150), now()
        from generate_series(1, 50000) as g`.execute(storage.db);
      await sql`delete from source_cursor`.execute(storage.db);
      await upkeep(pglite, false);
    }

    const left = await segments();
    assert.ok(left.length * 16 <= 96, `${left.length} segments of 16 MB`);
  });
});

describe('a process that is killed while it writes', () => {
  it('has lost no row that was acknowledged', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'sedd-'));
    await (await openStorage({ dataDir, template: await emptyTemplate() })).close();
    let acknowledged = 0;
    for (const least of [20, 100]) {
      const child = startChild(script, [dataDir, 'write', String(acknowledged)]);
      assert.equal(await child.nextLine(), 'open');
      const enough = acknowledged + least;
      while (acknowledged < enough) acknowledged = Number(await child.nextLine());
      await child.kill();
      for (let line = await child.nextLine(); line !== undefined; line = await child.nextLine()) {
        acknowledged = Number(line);
      }
    }

    const storage = await openStorage({ dataDir });
    const rows = await storage.db.selectFrom('sourceCursor').select('sourceId').execute();
    await storage.close();
    await rm(dataDir, { recursive: true });

    const there = new Set(rows.map(({ sourceId }) => sourceId));
    const lost = Array.from({ length: acknowledged }, (_, index) => `row${index + 1}`).filter(
      (id) => !there.has(id),
    );
    assert.deepEqual(lost, []);
    // At most the row that was under way each time is there without having been acknowledged.
    assert.ok(rows.length <= acknowledged + 2);
  }).timeout(60_000);
});
