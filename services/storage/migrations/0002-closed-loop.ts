import type { Kysely } from 'kysely';
import { contacts } from './0002-closed-loop/contacts.ts';
import { reminders } from './0002-closed-loop/reminders.ts';
import { roles } from './0002-closed-loop/roles.ts';
import { runStatements } from './run-statements.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  await runStatements(db, [contacts, roles, reminders]);
}
