import { sql } from 'kysely';
import type { Db } from '../storage/database.ts';

/** Who a pupil is to those who may see them; of a protected one there is no name, and no group is told. */
export interface PupilPerson {
  readonly id: string;
  readonly schoolId: string;
  readonly name: string;
  readonly isProtected: boolean;
  readonly grade: number | undefined;
  readonly groupName: string;
  readonly contactPerson: string | undefined;
}

interface Row {
  readonly id: string;
  readonly schoolId: string;
  readonly isProtected: boolean;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly grade: number | null;
  readonly groupName: string | null;
  readonly contactPerson: string | null;
}

/** Pupils who have not left, with their group and contact person, in one statement. */
export async function readPupilPeople(
  db: Db,
  pupilIds: readonly string[],
): Promise<ReadonlyMap<string, PupilPerson>> {
  const { rows } = await sql<Row>`
    select pupil.id, pupil.school_id, pupil.is_protected, pupil.given_name, pupil.family_name, pupil.grade, (
        select school_group.name from group_member join school_group on school_group.id = group_member.group_id
        where group_member.pupil_id = pupil.id and school_group.school_id = pupil.school_id
          and school_group.kind in ('mentor', 'class') and school_group.removed_at is null
        order by school_group.kind desc, school_group.id limit 1) as group_name, (
        select trim(staff.given_name || ' ' || staff.family_name)
        from contact_person join staff on staff.id = contact_person.staff_id and staff.removed_at is null
        where contact_person.pupil_id = pupil.id and contact_person.ended_at is null) as contact_person
    from pupil
    where pupil.id = any(${pupilIds}::text[]) and pupil.removed_at is null`.execute(db);
  return new Map(rows.map((row) => [row.id, personOf(row)]));
}

function personOf({
  schoolId,
  id,
  isProtected,
  givenName,
  familyName,
  grade,
  groupName,
  contactPerson,
}: Row): PupilPerson {
  return {
    id,
    schoolId,
    isProtected,
    name: isProtected ? '' : [givenName, familyName].filter(Boolean).join(' '),
    grade: isProtected ? undefined : (grade ?? undefined),
    groupName: isProtected ? '' : (groupName ?? ''),
    contactPerson: contactPerson ?? undefined,
  };
}
