import { type Kysely, sql } from 'kysely';
import { attendance } from './0001-first/attendance.ts';
import { audit, auditGuard } from './0001-first/audit.ts';
import { followUps } from './0001-first/follow-ups.ts';
import { people } from './0001-first/people.ts';
import { posts } from './0001-first/posts.ts';
import { runStatements } from './run-statements.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  await runStatements(db, [people, attendance, followUps, posts, audit]);
  // A function's body holds semicolons of its own.
  for (const statement of auditGuard) await sql.raw(statement).execute(db);
}
