import type { Kysely } from 'kysely';
import { runStatements } from './run-statements.ts';

/**
 * Who works in what a card opened for them, and until when its update waits for them. Worth nothing after a crash, and written
 * at every other press: so it is not logged, which spares waiting for the disk, and refers to nothing, since checking that would
 * be logged.
 */
const holds = `
create unlogged table post_hold (
  post_id text not null,
  actor_id text not null,
  until timestamptz not null,
  primary key (post_id, actor_id)
)`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await runStatements(db, [holds]);
}
