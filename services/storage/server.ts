import { PostgresDialect } from 'kysely';
import pg from 'pg';
import { SeddError } from '../errors.ts';
import { parsers } from './temporal-values.ts';

/** Connections for Sedd's own queries; the job engine has its own. */
const MOST_CONNECTIONS = 10;

/** A pool of connections to a PostgreSQL server. Fails with `storage.unreachable`. */
export async function openServer(url: string): Promise<pg.Pool> {
  const pool = new pg.Pool({
    connectionString: url,
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: 10_000,
    application_name: 'sedd',
    types: { getTypeParser: (oid, format) => parserOf(oid) ?? pg.types.getTypeParser(oid, format) },
  });
  // A connection that breaks while idle is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {});
  try {
    await pool.query('select 1');
  } catch (cause) {
    await pool.end();
    throw unreachable(url, cause);
  }
  return pool;
}

export function serverDialect(pool: pg.Pool): PostgresDialect {
  return new PostgresDialect({ pool });
}

function parserOf(oid: number): ((text: string) => unknown) | undefined {
  return parsers[oid];
}

function unreachable(url: string, cause: unknown): SeddError {
  const { host, pathname, username } = new URL(url);
  const why = cause instanceof Error && 'code' in cause ? String(cause.code) : messageOf(cause);
  return new SeddError(
    'storage.unreachable',
    `The database at ${host}${pathname} ${complaint(why, { user: username, database: pathname.slice(1) })}`,
    { host, why },
    cause,
  );
}

/** What the server or the network says, and what to do; by PostgreSQL's codes. The password is told nowhere. */
function complaint(
  why: string,
  { user, database }: { readonly user: string; readonly database: string },
): string {
  if (why === '28P01') return `refuses the password of "${user}" (28P01). Check DATABASE_URL.`;
  if (why === '28000')
    return `does not let "${user}" in from this machine (28000). Check DATABASE_URL and pg_hba.conf.`;
  if (why === '3D000')
    return `does not exist on that server (3D000). Create the database "${database}" first.`;
  return `does not answer (${why}). Check DATABASE_URL, that the server runs, and that this machine may reach it.`;
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : 'unknown';
}
