import type { Kysely } from 'kysely';
import { runStatements } from './run-statements.ts';

/** Who works in what a card opened for them, and until when its update waits for them. */
const holds = `
create table post_hold (
  post_id text not null references post (id) on delete cascade,
  actor_id text not null,
  until timestamptz not null,
  primary key (post_id, actor_id)
)`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await runStatements(db, [holds]);
}
