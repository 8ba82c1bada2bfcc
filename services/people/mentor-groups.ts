import { sql } from 'kysely';
import type { Db } from '../storage/database.ts';

/** A group whose mentors follow its pupils up. */
export interface MentorGroup {
  readonly id: string;
  readonly name: string;
  /** Pupils of the school who have not left, protected ones among them. */
  readonly pupilIds: readonly string[];
  /** In a stable order, without staff who have left. */
  readonly mentorIds: readonly string[];
}

/** A school's mentor groups, by name; its classes where the student system has no mentor groups. */
export async function mentorGroups(
  { db }: { readonly db: Db },
  schoolId: string,
): Promise<readonly MentorGroup[]> {
  const all = await readGroups(db, schoolId);
  const kind = all.some((group) => group.kind === 'mentor') ? 'mentor' : 'class';
  const groups = all.filter((group) => group.kind === kind);
  const ids = groups.map((group) => group.id);
  const members = await readMembers(db, schoolId, ids);
  const mentors = await readMentors(db, ids);
  const byName = new Intl.Collator('sv', { numeric: true });
  return groups
    .sort((a, b) => byName.compare(a.name, b.name) || (a.id < b.id ? -1 : 1))
    .map(({ id, name }) => ({ id, name, pupilIds: members.get(id) ?? [], mentorIds: mentors.get(id) ?? [] }));
}

/** The pupil's own group; the first of several, undefined where there is none. */
export function groupOf(groups: readonly MentorGroup[], pupilId: string): MentorGroup | undefined {
  return groups.find((group) => group.pupilIds.includes(pupilId));
}

async function readGroups(db: Db, schoolId: string) {
  return await db
    .selectFrom('schoolGroup')
    .select(['id', 'kind', 'name'])
    .where('schoolId', '=', schoolId)
    .where('kind', 'in', ['mentor', 'class'])
    .where('removedAt', 'is', null)
    .execute();
}

type IdsByGroup = ReadonlyMap<string, readonly string[]>;

async function readMembers(db: Db, schoolId: string, groupIds: readonly string[]): Promise<IdsByGroup> {
  const { rows } = await sql<InGroup>`
    select member.group_id, json_agg(pupil.id order by pupil.id) as ids
    from group_member as member join pupil on pupil.id = member.pupil_id
    where member.group_id = any(${groupIds}::text[]) and pupil.school_id = ${schoolId} and pupil.removed_at is null
    group by member.group_id`.execute(db);
  return byGroup(rows);
}

async function readMentors(db: Db, groupIds: readonly string[]): Promise<IdsByGroup> {
  const { rows } = await sql<InGroup>`
    select mentor.group_id, json_agg(staff.id order by staff.id) as ids
    from group_mentor as mentor join staff on staff.id = mentor.staff_id
    where mentor.group_id = any(${groupIds}::text[]) and staff.removed_at is null
    group by mentor.group_id`.execute(db);
  return byGroup(rows);
}

interface InGroup {
  readonly groupId: string;
  readonly ids: readonly string[];
}

function byGroup(rows: readonly InGroup[]): IdsByGroup {
  return new Map(rows.map(({ groupId, ids }) => [groupId, ids]));
}
