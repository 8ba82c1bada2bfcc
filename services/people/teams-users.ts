import type { Selectable } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';
import type { TeamsUserTable } from '../storage/tables/roles.ts';
import { findStaff } from './staff-of.ts';

export type TeamsUser = Readonly<Selectable<TeamsUserTable>>;

/** What Teams tells of a person in a conversation's roster. */
export interface TeamsProfile {
  readonly entraId: string;
  readonly teamsId: string;
  readonly tenantId: string;
  readonly name: string;
  readonly email: string | undefined;
  readonly principalName: string | undefined;
  readonly isGuest: boolean;
}

/** Whose accounts count, and when Teams was asked. */
export interface Asked {
  /** The municipality's own tenants. */
  readonly tenants: readonly string[];
  readonly at: Temporal.Instant;
}

/**
 * Keeps who somebody in Teams is, and whom the student system knows them as. A guest, or an account of another municipality
 * in a shared channel, is never staff: what such an account says of its e-mail address, nobody here has checked.
 */
export async function rememberTeamsUser(
  db: Db,
  profile: TeamsProfile,
  { tenants, at }: Asked,
): Promise<TeamsUser> {
  const isGuest = profile.isGuest || !tenants.includes(profile.tenantId);
  const known = {
    teamsId: profile.teamsId,
    tenantId: profile.tenantId,
    name: profile.name,
    email: profile.email?.toLowerCase() ?? null,
    principalName: profile.principalName?.toLowerCase() ?? null,
    isGuest,
    staffId: isGuest ? null : ((await findStaff(db, profile)) ?? null),
    seenAt: at,
  };
  return await db
    .insertInto('teamsUser')
    .values({ entraId: profile.entraId, personalConversationId: null, ...known })
    .onConflict((conflict) => conflict.column('entraId').doUpdateSet(known))
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Somebody whom Sedd has met. Whom the student system knows them as follows it: staff leave, come back, and get addresses. */
export async function findTeamsUser(db: Db, entraId: string): Promise<TeamsUser | undefined> {
  const row = await db
    .selectFrom('teamsUser')
    .leftJoin('staff', (join) =>
      join.onRef('staff.id', '=', 'teamsUser.staffId').on('staff.removedAt', 'is', null),
    )
    .selectAll('teamsUser')
    .select('staff.id as presentStaffId')
    .where('teamsUser.entraId', '=', entraId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { presentStaffId, ...user } = row;
  if (presentStaffId !== null || user.isGuest) return user;
  const staffId = (await findStaff(db, user)) ?? null;
  if (staffId !== user.staffId) {
    await db.updateTable('teamsUser').set({ staffId }).where('entraId', '=', entraId).execute();
  }
  return { ...user, staffId };
}

/** Where a person on the staff can be written to alone; undefined where Sedd has no chat with them that works. */
export async function personalConversation(db: Db, staffId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('teamsUser')
    .innerJoin('conversation', 'conversation.id', 'teamsUser.personalConversationId')
    .select('conversation.id')
    .where('teamsUser.staffId', '=', staffId)
    .where('conversation.state', '=', 'open')
    .orderBy('teamsUser.seenAt', 'desc')
    .executeTakeFirst();
  return row?.id;
}

/** Keeps that a chat is somebody's own with Sedd. */
export async function rememberPersonalConversation(
  db: Db,
  entraId: string,
  conversationId: string,
): Promise<void> {
  await db
    .updateTable('teamsUser')
    .set({ personalConversationId: conversationId })
    .where('entraId', '=', entraId)
    .execute();
}
