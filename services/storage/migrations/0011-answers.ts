import type { Kysely } from 'kysely';
import { runStatements } from './run-statements.ts';

/** Which pupils the answers name that are no posts, and so follow nothing: one row for each of them. */
const statements = [
  `create table answer (
    conversation_id text not null,
    activity_id text not null,
    thread_id text,
    pupil_id text not null,
    at timestamptz not null,
    recalled_at timestamptz,
    primary key (conversation_id, activity_id, pupil_id)
  )`,
  'create index answer_at on answer (at)',
  'create index answer_pupil on answer (pupil_id)',
  'create index answer_recalled on answer (recalled_at) where recalled_at is not null',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  await runStatements(db, statements);
}
