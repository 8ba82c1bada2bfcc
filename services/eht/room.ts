import { sql } from 'kysely';
import type { Db } from '../storage/database.ts';

declare const proof: unique symbol;

/**
 * Leave to be shown, or to change, what a school's EHT talks about: the conversation is EHT's own now. Everything that reads or
 * writes it asks for one, and nothing but this file makes one.
 */
export interface EhtRoom {
  readonly schoolId: string;
  readonly conversationId: string;
  readonly [proof]: true;
}

export interface RoomKey {
  readonly schoolId: string;
  readonly conversationId: string;
}

/**
 * The room of a school's EHT in a conversation; undefined where it is not bound as theirs at this moment, or is bound to
 * anything else besides. What has been said there before stays with EHT (OSL 23:2): whoever asks later gets nothing.
 */
export async function openEhtRoom(
  db: Db,
  { schoolId, conversationId }: RoomKey,
): Promise<EhtRoom | undefined> {
  const rooms = await readRooms(db, schoolId);
  return rooms.find((room) => room.conversationId === conversationId);
}

/** Every room of a school's EHT, in a fixed order: where its lists are posted. */
export async function ehtRooms(db: Db, schoolId: string): Promise<readonly EhtRoom[]> {
  return await readRooms(db, schoolId);
}

/** A chat with one person is nobody's room: what stands there could be read by nobody else of EHT. */
async function readRooms(db: Db, schoolId: string): Promise<readonly EhtRoom[]> {
  const { rows } = await sql<RoomKey>`
    select binding.school_id, binding.conversation_id
    from binding join conversation on conversation.id = binding.conversation_id
    where binding.school_id = ${schoolId} and binding.role = 'eht' and conversation.kind <> 'personal'
      and not exists (
        select from binding as other
        where other.conversation_id = binding.conversation_id and other.role <> 'eht')
    order by binding.conversation_id`.execute(db);
  return rows as readonly RoomKey[] as readonly EhtRoom[];
}
