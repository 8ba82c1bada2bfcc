import type { Kysely } from 'kysely';
import { meetings } from './0005-eht/meetings.ts';
import { runStatements } from './run-statements.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  await runStatements(db, [meetings]);
}
