import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { BenchOptions } from './bench-row.ts';

/** An empty database that is gone after use: a folder for PGlite, or one on the server. */
export interface EmptyDatabase {
  readonly options: { readonly dataDir: string } | { readonly url: string };
  drop(): Promise<void>;
}

export interface Engine {
  readonly name: 'PGlite' | 'PostgreSQL';
  create(): Promise<EmptyDatabase>;
}

/** PGlite on disk, as Sedd has it where nothing else is said; and PostgreSQL where there is a server to use. */
export function enginesOf({ serverUrl }: BenchOptions): readonly Engine[] {
  const embedded: Engine = { name: 'PGlite', create: createFolder };
  if (serverUrl === undefined) return [embedded];
  return [embedded, { name: 'PostgreSQL', create: () => createOnServer(serverUrl) }];
}

async function createFolder(): Promise<EmptyDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sedd-bench-'));
  return { options: { dataDir }, drop: () => rm(dataDir, { recursive: true, force: true }) };
}

async function createOnServer(serverUrl: string): Promise<EmptyDatabase> {
  const name = `sedd_bench_${randomUUID().replaceAll('-', '')}`;
  await onServer(serverUrl, `create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    options: { url: url.href },
    drop: () => onServer(serverUrl, `drop database ${name} with (force)`),
  };
}

async function onServer(connectionString: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
