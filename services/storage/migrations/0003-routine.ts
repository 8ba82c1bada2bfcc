import type { Kysely } from 'kysely';
import { cases } from './0003-routine/cases.ts';
import { sums } from './0003-routine/sums.ts';
import { runStatements } from './run-statements.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  await runStatements(db, [sums, cases]);
}
