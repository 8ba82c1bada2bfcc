import { type Kysely, sql } from 'kysely';
import { attendance } from './0001-first/attendance.ts';
import { audit, auditGuard } from './0001-first/audit.ts';
import { followUps } from './0001-first/follow-ups.ts';
import { people } from './0001-first/people.ts';
import { posts } from './0001-first/posts.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [people, attendance, followUps, posts, audit].flatMap((part) => part.split(';'));
  for (const statement of [...statements, ...auditGuard]) {
    if (statement.trim() !== '') await sql.raw(statement).execute(db);
  }
}
