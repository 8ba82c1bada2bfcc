import type { Kysely } from 'kysely';
import { runStatements } from './run-statements.ts';

/** Readings that were held when the morning was out already; one waits at a time. */
const statements = [
  `create table held_reading (
    id text primary key default gen_random_uuid()::text,
    school_id text not null,
    day date not null,
    read_at timestamptz not null,
    held_for jsonb not null,
    accepted_at timestamptz,
    accepted_by_id text,
    accepted_by_name text,
    ended_at timestamptz
  )`,
  'create index held_reading_school on held_reading (school_id, day)',
  `create unique index held_reading_waiting on held_reading (school_id, day)
    where accepted_at is null and ended_at is null`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  await runStatements(db, statements);
}
