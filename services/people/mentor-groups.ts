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
  const groups = await readGroups(db, schoolId);
  const kind = groups.some((group) => group.kind === 'mentor') ? 'mentor' : 'class';
  const members = idsByGroup(await readMembers(db, schoolId));
  const mentors = idsByGroup(await readMentors(db, schoolId));
  const byName = new Intl.Collator('sv', { numeric: true });
  return groups
    .filter((group) => group.kind === kind)
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

async function readMembers(db: Db, schoolId: string): Promise<readonly InGroup[]> {
  return await db
    .selectFrom('groupMember')
    .innerJoin('schoolGroup', 'schoolGroup.id', 'groupMember.groupId')
    .innerJoin('pupil', 'pupil.id', 'groupMember.pupilId')
    .select(['groupMember.groupId', 'groupMember.pupilId as id'])
    .where('schoolGroup.schoolId', '=', schoolId)
    .where('schoolGroup.kind', 'in', ['mentor', 'class'])
    .where('pupil.schoolId', '=', schoolId)
    .where('pupil.removedAt', 'is', null)
    .orderBy('groupMember.pupilId')
    .execute();
}

async function readMentors(db: Db, schoolId: string): Promise<readonly InGroup[]> {
  return await db
    .selectFrom('groupMentor')
    .innerJoin('schoolGroup', 'schoolGroup.id', 'groupMentor.groupId')
    .innerJoin('staff', 'staff.id', 'groupMentor.staffId')
    .select(['groupMentor.groupId', 'groupMentor.staffId as id'])
    .where('schoolGroup.schoolId', '=', schoolId)
    .where('staff.removedAt', 'is', null)
    .orderBy('groupMentor.staffId')
    .execute();
}

interface InGroup {
  readonly groupId: string;
  readonly id: string;
}

function idsByGroup(rows: readonly InGroup[]): ReadonlyMap<string, readonly string[]> {
  const byGroup = new Map<string, string[]>();
  for (const { groupId, id } of rows) {
    const ids = byGroup.get(groupId);
    if (ids === undefined) byGroup.set(groupId, [id]);
    else ids.push(id);
  }
  return byGroup;
}
