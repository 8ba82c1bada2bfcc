import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { type Db, openStorage, type Storage } from '../../../services/storage/database.ts';
import { startChild } from '../../support/child.ts';
import { emptyTemplate } from '../../support/databases.ts';

describe('the database in this process', () => {
  let storage: Storage;
  before(async () => {
    storage = await openStorage({ template: await emptyTemplate() });
  });
  after(async () => await storage.close());

  async function readOften(db: Db): Promise<void> {
    for (let statement = 0; statement < 100; statement += 1) await sql`select 1`.execute(db);
  }

  async function turnsDuring(act: () => Promise<unknown>): Promise<number> {
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 0);
    await act();
    clearInterval(timer);
    return turns;
  }

  it('lets everything else happen between its statements', async () => {
    assert.ok((await turnsDuring(() => readOften(storage.db))) > 0);
  });

  it('lets everything else happen between the statements of a transaction', async () => {
    assert.ok((await turnsDuring(() => storage.db.transaction().execute(readOften))) > 0);
  });

  it('lets nobody into a transaction that is under way', async () => {
    const seen: number[] = [];
    const count = async (db: Db) => {
      const { rows } = await sql`select from source_cursor`.execute(db);
      seen.push(rows.length);
    };

    const writing = storage.db.transaction().execute(async (trx) => {
      await sql`insert into source_cursor values ('one', '', now())`.execute(trx);
      await readOften(trx);
      await sql`insert into source_cursor values ('two', '', now())`.execute(trx);
    });
    await Promise.all([writing, count(storage.db), count(storage.db)]);

    assert.ok(
      seen.every((rows) => rows === 0 || rows === 2),
      seen.join(),
    );
  });

  it('keeps nothing of a transaction that fails, and goes on', async () => {
    const failing = storage.db.transaction().execute(async (trx) => {
      await sql`insert into source_cursor values ('three', '', now())`.execute(trx);
      await sql`select from nowhere`.execute(trx);
    });
    await assert.rejects(failing, { code: '42P01' });

    const { rows } = await sql`select from source_cursor where source_id = 'three'`.execute(storage.db);
    assert.equal(rows.length, 0);
  });

  it('keeps its machine code for as long as the process lives', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'sedd-'));
    const child = startChild(join(import.meta.dirname, 'storage-child.ts'), [dataDir, 'write', '0'], {
      flags: ['--stress-wasm-code-gc', '--trace-wasm-code-gc'],
    });
    const told: string[] = [];
    for (let line = ''; line !== '300'; line = (await child.nextLine()) ?? assert.fail('it has ended')) {
      told.push(line);
    }
    await child.kill();
    await rm(dataDir, { recursive: true });

    const sweepings = told.slice(told.indexOf('open')).filter((line) => line.includes('Triggering GC'));
    assert.deepEqual(sweepings, []);
  }).timeout(120_000);
});
