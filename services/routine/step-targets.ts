import { sql } from 'kysely';
import { targetOfCoordinators } from '../follow-up/targets.ts';
import type { Db } from '../storage/database.ts';

/** Whose step it is, as its row says. */
export interface StepOwner {
  readonly staffId: string | null;
  readonly address: string | null;
}

/** Where somebody is told of their steps; nobody is named where it goes to the coordinator's channel. */
export interface StepTarget extends StepOwner {
  readonly conversationId: string;
}

const nobody = { staffId: null, address: null } as const;

/**
 * Where whoever has a step is told of it: in their own chat, or that of whoever stands in for them; where nobody can be reached,
 * in the coordinator's channel. Never in a channel of mentors: steps are not everybody's business.
 */
export async function targetOfOwner(
  db: Db,
  schoolId: string,
  { staffId, address }: StepOwner,
  standIns: ReadonlyMap<string, string>,
): Promise<StepTarget | undefined> {
  const there = staffId === null ? null : (standIns.get(staffId) ?? staffId);
  const own = there === null ? await chatByAddress(db, address) : await chatOfStaff(db, there);
  if (own === undefined) return await targetOfChannel(db, schoolId);
  return { conversationId: own, staffId: there, address: there === null ? address : null };
}

/** The coordinator's channel. */
export async function targetOfChannel(db: Db, schoolId: string): Promise<StepTarget | undefined> {
  const target = await targetOfCoordinators(db, schoolId);
  return target === undefined ? undefined : { ...nobody, conversationId: target.conversationId };
}

/** Whoever has left the staff is told nothing more. */
async function chatOfStaff(db: Db, staffId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('teamsUser')
    .innerJoin('conversation', 'conversation.id', 'teamsUser.personalConversationId')
    .innerJoin('staff', 'staff.id', 'teamsUser.staffId')
    .select('conversation.id')
    .where('teamsUser.staffId', '=', staffId)
    .where('staff.removedAt', 'is', null)
    .where('conversation.state', '=', 'open')
    .orderBy('teamsUser.seenAt', 'desc')
    .executeTakeFirst();
  return row?.id;
}

/** An address that two in Teams have is nobody's. */
async function chatByAddress(db: Db, address: string | null): Promise<string | undefined> {
  if (address === null) return undefined;
  const { rows } = await sql<{ conversationId: string | null }>`
    select conversation.id as conversation_id
    from teams_user left join conversation
      on conversation.id = teams_user.personal_conversation_id and conversation.state = 'open'
    where (teams_user.email = ${address} or teams_user.principal_name = ${address}) and not teams_user.is_guest`.execute(
    db,
  );
  return rows.length === 1 ? (rows[0]?.conversationId ?? undefined) : undefined;
}
