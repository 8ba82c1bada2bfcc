import type { Kysely } from 'kysely';
import { runStatements } from './run-statements.ts';

/** Who is at a message, and when it was answered: what a process that went down left is told of when it comes again. */
const statements = [
  "alter table heard_message add column hearer text not null default ''",
  'alter table heard_message add column answered_at timestamptz',
  // What was heard before is answered.
  'update heard_message set answered_at = at',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  await runStatements(db, statements);
}
