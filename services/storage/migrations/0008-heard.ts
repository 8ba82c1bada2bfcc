import type { Kysely } from 'kysely';
import { runStatements } from './run-statements.ts';

/** Messages that have been handled: Teams sends one again where it was not answered in time. */
const heard = `
create table heard_message (
  conversation_id text not null,
  activity_id text not null,
  at timestamptz not null,
  primary key (conversation_id, activity_id)
)`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await runStatements(db, [heard]);
}
