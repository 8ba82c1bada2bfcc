import { sql } from 'kysely';
import type { Db } from '../storage/database.ts';
import type { EhtRoom } from './room.ts';

/** A pupil as EHT knows them. */
export interface Identity {
  readonly pupilId: string;
  readonly isProtected: boolean;
  readonly name: string;
  readonly groupName: string;
  readonly contactPerson: string | undefined;
}

interface Row {
  readonly id: string;
  readonly isProtected: boolean;
  readonly name: string;
  readonly groupName: string | null;
  readonly contactPerson: string | null;
}

/** The pupils of the room's school among these who have not left; of a protected one no name is known. */
export async function readIdentities(
  db: Db,
  { schoolId }: EhtRoom,
  pupilIds: readonly string[],
): Promise<ReadonlyMap<string, Identity>> {
  const { rows } = await sql<Row>`
    select pupil.id, pupil.is_protected, trim(concat_ws(' ', pupil.given_name, pupil.family_name)) as name, (
        select school_group.name from group_member as member join school_group on school_group.id = member.group_id
        where member.pupil_id = pupil.id and school_group.kind in ('mentor', 'class') and school_group.removed_at is null
        order by school_group.kind desc, school_group.id limit 1) as group_name, (
        select trim(staff.given_name || ' ' || staff.family_name)
        from contact_person join staff on staff.id = contact_person.staff_id and staff.removed_at is null
        where contact_person.pupil_id = pupil.id and contact_person.ended_at is null limit 1) as contact_person
    from pupil
    where pupil.school_id = ${schoolId} and pupil.removed_at is null and pupil.id = any(${[...pupilIds]}::text[])`.execute(
    db,
  );
  return new Map(
    rows.map(({ id, isProtected, name, groupName, contactPerson }) => [
      id,
      {
        pupilId: id,
        isProtected,
        name: isProtected ? '' : name,
        groupName: groupName ?? '',
        contactPerson: contactPerson ?? undefined,
      },
    ]),
  );
}
