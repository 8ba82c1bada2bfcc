import type { Kysely } from 'kysely';
import { steps } from './0004-routine-steps/steps.ts';
import { runStatements } from './run-statements.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  await runStatements(db, [steps]);
}
