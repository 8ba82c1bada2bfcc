import type { PGlite } from '@electric-sql/pglite';
import { CamelCasePlugin, Kysely } from 'kysely';
import type pg from 'pg';
import { embeddedDialect, openEmbedded } from './embedded.ts';
import { migrate } from './migrate.ts';
import type { Database } from './schema.ts';
import { openServer, serverDialect } from './server.ts';
import { TemporalValues } from './temporal-values.ts';

/** The database, or a transaction in it. */
export type Db = Kysely<Database>;

export interface Storage {
  readonly db: Db;
  readonly engine: 'embedded' | 'server';
  /** The engine itself, for the job engine and for upkeep. */
  readonly raw: { readonly pglite: PGlite } | { readonly pool: pg.Pool; readonly url: string };
  close(): Promise<void>;
}

export interface StorageOptions {
  /** A PostgreSQL server; without it the database runs in this process. */
  readonly url?: string | undefined;
  /** Where the database in this process keeps its files; in memory where undefined. */
  readonly dataDir?: string | undefined;
  /** For the database in this process: what it begins with. */
  readonly template?: Blob | undefined;
}

/** Opens the database and brings it to the version of this code. Errors are `SeddError` with what to do. */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  const storage = options.url === undefined ? await embedded(options) : await server(options.url);
  try {
    await migrate(storage.db);
  } catch (error) {
    await storage.close();
    throw error;
  }
  return storage;
}

async function embedded({ dataDir, template }: StorageOptions): Promise<Storage> {
  const { pglite, close } = await openEmbedded({ dataDir, template });
  const db = new Kysely<Database>({ dialect: embeddedDialect(pglite), plugins: plugins() });
  return { db, engine: 'embedded', raw: { pglite }, close };
}

async function server(url: string): Promise<Storage> {
  const pool = await openServer(url);
  const db = new Kysely<Database>({ dialect: serverDialect(pool), plugins: plugins() });
  return { db, engine: 'server', raw: { pool, url }, close: () => db.destroy() };
}

/** Keys inside jsonb are data, and stay as they are. */
function plugins() {
  return [new CamelCasePlugin({ maintainNestedObjectKeys: true }), new TemporalValues()];
}
