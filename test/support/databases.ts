import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { openStorage, type Storage } from '../../services/storage/database.ts';

/** A database of one's own, with every table and no rows. */
export interface TestEngine {
  readonly name: 'PGlite' | 'PostgreSQL';
  open(): Promise<Storage>;
}

const url = process.env.SEDD_TEST_DATABASE_URL;
const isRequired = (process.env.SEDD_REQUIRE ?? '').split(',').includes('postgres');

/** The engines of this machine: PGlite always, PostgreSQL where `SEDD_TEST_DATABASE_URL` names a server. */
export function engines(): readonly TestEngine[] {
  if (url !== undefined)
    return [
      { name: 'PGlite', open: openPglite },
      { name: 'PostgreSQL', open: openPostgres },
    ];
  if (isRequired) throw new Error('SEDD_REQUIRE asks for PostgreSQL: set SEDD_TEST_DATABASE_URL');
  saySkipped();
  return [{ name: 'PGlite', open: openPglite }];
}

/** The same specs for every engine. */
export function forEachEngine(title: string, specs: (engine: TestEngine) => void): void {
  for (const engine of engines()) describe(`${title} (${engine.name})`, () => specs(engine));
}

let hasSaid = false;
function saySkipped(): void {
  if (!hasSaid) console.log('  Without SEDD_TEST_DATABASE_URL the tests on a PostgreSQL server are skipped.');
  hasSaid = true;
}

let template: Promise<Blob> | undefined;

async function openPglite(): Promise<Storage> {
  return await openStorage({ template: await emptyTemplate() });
}

/** A dump of an empty, migrated database for PGlite, made once in each process. */
export async function emptyTemplate(): Promise<Blob> {
  template ??= makeTemplate();
  return await template;
}

async function makeTemplate(): Promise<Blob> {
  const storage = await openStorage({});
  if (!('pglite' in storage.raw)) throw new Error('not embedded');
  const dump = await storage.raw.pglite.dumpDataDir('none');
  await storage.close();
  return dump;
}

/** A database of its own on the server, dropped when it is closed. */
async function openPostgres(): Promise<Storage> {
  const own = await createServerDatabase();
  const storage = await openStorage({ url: own.url });
  return {
    ...storage,
    close: async () => {
      await storage.close();
      await own.drop();
    },
  };
}

/** An empty database on the server, without tables. */
export async function createServerDatabase(): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const name = `sedd_test_${randomUUID().replaceAll('-', '')}`;
  await onServer(`create database ${name}`);
  const own = new URL(url ?? '');
  own.pathname = `/${name}`;
  return { url: own.href, drop: () => onServer(`drop database ${name} with (force)`) };
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}
