import type { Temporal } from 'temporal-polyfill';
import { recordAudit } from '../audit/record-audit.ts';
import type { Db } from '../storage/database.ts';
import type { BindingTable } from '../storage/tables/posts.ts';
import { markEhtPostsIn } from './eht-purposes.ts';

export interface BindInput {
  readonly conversationId: string;
  readonly schoolId: string;
  readonly role: BindingTable['role'];
  /** The group's name as the roster spells it; empty for other roles. */
  readonly groupName: string;
  readonly actor: { readonly id: string; readonly name: string };
  readonly at: Temporal.Instant;
}

/** Binds a conversation to what it is for, because somebody there says so. False where it is already. */
export async function bindConversation(db: Db, input: BindInput): Promise<boolean> {
  const { conversationId, schoolId, role, groupName } = input;
  return await db.transaction().execute(async (trx) => {
    const row = await trx
      .insertInto('binding')
      .values({ conversationId, schoolId, role, groupName, origin: 'chat' })
      .onConflict((conflict) => conflict.doNothing())
      .returning('role')
      .executeTakeFirst();
    if (row !== undefined) {
      await audit(trx, input, 'conversation.bound', { role, groupName });
      await markEhtPostsIn(trx, [conversationId]);
    }
    return row !== undefined;
  });
}

export type Bound = Pick<BindInput, 'schoolId' | 'role' | 'groupName'>;

/** What a conversation was bound to from a chat. */
export async function readBoundFromChat(db: Db, conversationId: string): Promise<readonly Bound[]> {
  const all = await readBoundTo(db, conversationId);
  return all.filter(({ origin }) => origin === 'chat');
}

/** What a conversation is bound to, whoever said so. */
export async function readBoundTo(
  db: Db,
  conversationId: string,
): Promise<readonly (Bound & Pick<BindingTable, 'origin'>)[]> {
  const all = await db
    .selectFrom('binding')
    .select(['schoolId', 'role', 'groupName', 'origin'])
    .where('conversationId', '=', conversationId)
    .orderBy('schoolId')
    .orderBy('role')
    .execute();
  const { compare } = new Intl.Collator('sv', { numeric: true });
  // Within a school and role: the sort keeps what the database has put in order.
  const place = ({ schoolId, role }: Bound) =>
    all.findIndex((one) => one.schoolId === schoolId && one.role === role);
  return all.toSorted((a, b) => place(a) - place(b) || compare(a.groupName, b.groupName));
}

/** Ends one thing that was bound from a chat; what the municipality file binds stays. False where it is not bound so. */
export async function unbindConversation(db: Db, input: BindInput): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    const ended = await trx
      .deleteFrom('binding')
      .where('conversationId', '=', input.conversationId)
      .where('schoolId', '=', input.schoolId)
      .where('role', '=', input.role)
      .where('groupName', '=', input.groupName)
      .where('origin', '=', 'chat')
      .returning(['role', 'groupName'])
      .executeTakeFirst();
    if (ended !== undefined) {
      await audit(trx, input, 'conversation.unbound', ended);
      await markEhtPostsIn(trx, [input.conversationId]);
    }
    return ended !== undefined;
  });
}

async function audit(
  trx: Db,
  input: Pick<BindInput, 'conversationId' | 'schoolId' | 'actor' | 'at'>,
  action: string,
  details: object,
): Promise<void> {
  await recordAudit(trx, {
    at: input.at,
    actorId: input.actor.id,
    actorName: input.actor.name,
    action,
    objectId: input.conversationId,
    schoolId: input.schoolId,
    conversationId: input.conversationId,
    details,
  });
}
