import type { Temporal } from 'temporal-polyfill';
import { recordAudit } from '../audit/record-audit.ts';
import type { Db } from '../storage/database.ts';
import type { BindingTable } from '../storage/tables/posts.ts';

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
    if (row !== undefined) await audit(trx, input, 'conversation.bound', { role, groupName });
    return row !== undefined;
  });
}

/** Ends what was bound from a chat; what the municipality file binds stays. Answers how many bindings ended. */
export async function unbindConversation(
  db: Db,
  input: Pick<BindInput, 'conversationId' | 'schoolId' | 'actor' | 'at'>,
): Promise<number> {
  return await db.transaction().execute(async (trx) => {
    const ended = await trx
      .deleteFrom('binding')
      .where('conversationId', '=', input.conversationId)
      .where('schoolId', '=', input.schoolId)
      .where('origin', '=', 'chat')
      .returning(['role', 'groupName'])
      .execute();
    for (const binding of ended) await audit(trx, input, 'conversation.unbound', binding);
    return ended.length;
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
