import type { Kysely } from 'kysely';
import { runStatements } from './run-statements.ts';

/** Where a lesson is, by the room's name: which building that is, the municipality file says. */
const rooms = 'alter table lesson add column room text';

export async function up(db: Kysely<unknown>): Promise<void> {
  await runStatements(db, [rooms]);
}
