import { sql } from 'kysely';
import type { Db } from '../storage/database.ts';

/** How many of the pupils the roster has never named. */
export async function countUnknown(db: Db, pupilIds: ReadonlySet<string>): Promise<number> {
  const { rows } = await sql<{ unknown: number }>`
    select count(*)::int as unknown from json_array_elements_text(${JSON.stringify([...pupilIds])}::json) as given (id)
    where not exists (select from pupil where pupil.id = given.id)`.execute(db);
  return rows[0]?.unknown ?? 0;
}

/**
 * The groups' members who have not left: those who are expected in their lessons. A member whom the roster has yet to name
 * is one.
 */
export async function readMembers(
  db: Db,
  groupIds: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await sql<{ groupId: string; pupilIds: readonly string[] }>`
    select member.group_id, json_agg(member.pupil_id) as pupil_ids
    from group_member as member left join pupil on pupil.id = member.pupil_id
    where member.group_id = any(${[...groupIds]}::text[]) and pupil.removed_at is null
    group by member.group_id`.execute(db);
  return new Map(rows.map(({ groupId, pupilIds }) => [groupId, pupilIds]));
}
