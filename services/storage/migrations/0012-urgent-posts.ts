import type { Kysely } from 'kysely';
import { runStatements } from './run-statements.ts';

/** What a person waits for is looked up over and over while a morning's cards go out, and is next to nothing of them. */
const statements = [
  'create index post_urgent on post (conversation_id) where is_urgent and shown_version < wanted_version',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  await runStatements(db, statements);
}
