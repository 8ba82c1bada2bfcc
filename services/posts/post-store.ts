import { type RawBuilder, sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import { batches } from '../storage/batches.ts';
import type { Db } from '../storage/database.ts';
import type { PostKey, PostRow } from './post.ts';
import { revival, wantAnew } from './revival.ts';

/** Makes sure that each post exists, and is brought up to date. One row, one message, however often it is wanted. */
export async function wantPosts(db: Db, keys: readonly PostKey[], at: Temporal.Instant): Promise<void> {
  for (const batch of batches(distinct(keys))) {
    const rows = batch.map((key) => ({
      ...key,
      wantedVersion: 1,
      shownVersion: 0,
      state: 'waiting' as const,
      createdAt: at,
    }));
    await db
      .insertInto('post')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['purpose', 'subject', 'conversationId']).doUpdateSet((eb) => ({
          wantedVersion: eb('post.wantedVersion', '+', 1),
          ...revival,
        })),
      )
      .execute();
  }
}

/** In a fixed order, so that two who want the same posts never wait for each other. */
function distinct(keys: readonly PostKey[]): readonly PostKey[] {
  const byKey = new Map(
    keys.map((key) => [JSON.stringify([key.purpose, key.subject, key.conversationId]), key]),
  );
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, key]) => key);
}

/**
 * Wants the posts anew that `chosen`, a condition on them, picks, and answers their ids. `isUrgent` where a person waits for
 * them. They are locked in the order in which `markShowing` locks those of one purpose, so that neither waits for the other
 * in a circle.
 */
export async function markChosen(
  db: Db,
  chosen: RawBuilder<unknown>,
  { isUrgent }: { readonly isUrgent: boolean },
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    update post set ${wantAnew}, is_urgent = post.is_urgent or ${isUrgent}
    from (select id from post where ${chosen} order by id for update) as copy
    where post.id = copy.id
    returning post.id`.execute(db);
  return rows.map(({ id }) => id);
}

/** Marks every copy of a view as stale: something that it shows has changed. */
export async function markStale(
  db: Db,
  { purpose, subjects }: { readonly purpose: string; readonly subjects: readonly string[] },
  options: { readonly isUrgent: boolean },
): Promise<void> {
  if (subjects.length === 0) return;
  await markChosen(db, sql`purpose = ${purpose} and subject = any(${[...subjects]}::text[])`, options);
}

/** Posts of a school's day that show something: all of a purpose, or those whose subject is among `subjects`, a query of one column. */
export interface Showing {
  readonly purpose: string;
  readonly subjects?: RawBuilder<unknown>;
  /** A person waits for it. */
  readonly isUrgent: boolean;
}

/**
 * Marks all that shows something as stale, in one statement. They are locked in the order in which they are given, so that
 * whoever brings one of them up to date, and then those that sum it up, never waits for this in a circle.
 */
export async function markShowing(
  db: Db,
  { schoolId, day }: Pick<PostKey, 'schoolId' | 'day'>,
  showings: readonly Showing[],
): Promise<void> {
  const purposes = showings.map(({ purpose }) => purpose);
  const urgent = showings.filter(({ isUrgent }) => isUrgent).map(({ purpose }) => purpose);
  const isShown = showings.map(({ purpose, subjects }) =>
    subjects === undefined
      ? sql`purpose = ${purpose}`
      : sql`purpose = ${purpose} and subject in (${subjects})`,
  );
  await sql`
    update post set ${wantAnew}, is_urgent = post.is_urgent or showing.is_urgent
    from (
      select id, purpose = any(${urgent}::text[]) as is_urgent from post
      where school_id = ${schoolId} and day = ${day} and (${sql.join(isShown, sql` or `)})
      order by array_position(${purposes}::text[], purpose), id
      for update
    ) as showing
    where post.id = showing.id`.execute(db);
}

/** Posts of whatever school and day that may name somebody: those of a purpose that `posts`, a condition on them, chooses. */
export interface Naming {
  readonly purpose: string;
  readonly posts: RawBuilder<unknown>;
}

/** A message that is older is not looked at any more. */
export const STANDING_DAYS = 120;

/**
 * Marks what stands in a conversation and may name somebody as stale, for whoever waits; what has not been shown is left as
 * it is, so that nothing old is posted for it. They are locked in the order in which they are given. False where nothing
 * stands.
 */
export async function markNaming(
  db: Db,
  today: PostKey['day'],
  namings: readonly Naming[],
): Promise<boolean> {
  const purposes = namings.map(({ purpose }) => purpose);
  const mayName = namings.map(({ purpose, posts }) => sql`(purpose = ${purpose} and ${posts})`);
  const { rows } = await sql<{ id: string }>`
    update post set ${wantAnew}, is_urgent = true
    from (
      select id from post
      where day >= ${today.subtract({ days: STANDING_DAYS })} and (activity_id is not null or state = 'posting')
        and (${sql.join(mayName, sql` or `)})
      order by array_position(${purposes}::text[], purpose), id
      for update
    ) as standing
    where post.id = standing.id
    returning post.id`.execute(db);
  return rows.length > 0;
}

/** Tries again what was given up in these conversations, as it is. */
export async function reviveGivenUp(db: Db, conversationIds: readonly string[]): Promise<void> {
  if (conversationIds.length === 0) return;
  await db
    .updateTable('post')
    .set(revival)
    .where('state', '=', 'undelivered')
    .where('conversationId', 'in', conversationIds)
    .execute();
}

/** The post of a view in a conversation. */
export async function findPost(
  db: Db,
  key: Pick<PostKey, 'purpose' | 'subject' | 'conversationId'>,
): Promise<PostRow | undefined> {
  return await db
    .selectFrom('post')
    .selectAll()
    .where('purpose', '=', key.purpose)
    .where('subject', '=', key.subject)
    .where('conversationId', '=', key.conversationId)
    .executeTakeFirst();
}
