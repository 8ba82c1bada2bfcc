import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { openStorage, type Storage } from '../../services/storage/database.ts';
import { ReusedDatabases } from './reused-databases.ts';

export interface TestEngine {
  readonly name: 'PGlite' | 'PostgreSQL';
  /** A database of one's own, with every table and no rows. Whoever changes the tables themselves opens a new one. */
  open(): Promise<Storage>;
  /** One that nobody has used and nobody will. */
  openNew(): Promise<Storage>;
}

const url = process.env.SEDD_TEST_DATABASE_URL;
/** The run of the tests that this process is part of, at whose end `endDatabases` is called. */
const run = process.env.SEDD_TEST_RUN;
const allReused: ReusedDatabases[] = [];
const isRequired = (process.env.SEDD_REQUIRE ?? '').split(',').includes('postgres');

/** The engines of this machine: PGlite always, PostgreSQL where `SEDD_TEST_DATABASE_URL` names a server. */
export function engines(): readonly TestEngine[] {
  if (url !== undefined) return [pglite, postgres];
  if (isRequired) throw new Error('SEDD_REQUIRE asks for PostgreSQL: set SEDD_TEST_DATABASE_URL');
  saySkipped();
  return [pglite];
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

const pglite = engineOf('PGlite', openPglite);
const postgres = engineOf('PostgreSQL', openPostgres);

function engineOf(name: TestEngine['name'], openNew: () => Promise<Storage>): TestEngine {
  if (run === undefined) return { name, open: openNew, openNew };
  const reused = new ReusedDatabases(openNew);
  allReused.push(reused);
  return { name, open: () => reused.open(), openNew };
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
  const name = `${prefixOf(run ?? 'alone')}${randomUUID().replaceAll('-', '')}`;
  await onServer(`create database ${name}`);
  const own = new URL(url ?? '');
  own.pathname = `/${name}`;
  return {
    url: own.href,
    drop: async () => void (await onServer(`drop database ${name} with (force)`)),
  };
}

/** Ends what waits in this process for another spec, and drops what the run has left on the server. */
export async function endDatabases(): Promise<void> {
  await Promise.all(allReused.map((reused) => reused.end()));
  if (run === undefined || url === undefined) return;
  const left = await onServer(
    `select datname from pg_database where starts_with(datname, '${prefixOf(run)}')`,
  );
  for (const { datname } of left) await onServer(`drop database ${datname} with (force)`);
}

function prefixOf(name: string): string {
  return `sedd_test_${name}_`;
}

async function onServer(statement: string): Promise<readonly { readonly datname: string }[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<{ datname: string }>(statement)).rows;
  } finally {
    await client.end();
  }
}
