import { sql } from 'kysely';
import type { Db } from '../storage/database.ts';
import { neutralReference } from './neutral-reference.ts';

/** Who a pupil is to those who may be told. */
export interface PupilName {
  /** Undefined of a protected pupil, whose name nobody has. */
  readonly name: string | undefined;
  /** '' where the pupil has no group, or is protected. */
  readonly groupName: string;
  /** What a coordinator finds a protected pupil by in the student system; undefined of everybody else. */
  readonly reference: string | undefined;
}

interface Row {
  readonly id: string;
  readonly isProtected: boolean;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly groupName: string | null;
}

/** The pupils, those who have left among them, by their ids; whoever shows protected ones has to be a coordinator. */
export async function readPupilNames(
  db: Db,
  pupilIds: Iterable<string>,
): Promise<ReadonlyMap<string, PupilName>> {
  const { rows } = await sql<Row>`
    select pupil.id, pupil.is_protected, pupil.given_name, pupil.family_name, (
      select school_group.name
      from group_member join school_group on school_group.id = group_member.group_id
      where group_member.pupil_id = pupil.id and school_group.kind in ('mentor', 'class')
        and school_group.removed_at is null
      order by school_group.kind desc, school_group.id
      limit 1) as group_name
    from pupil where pupil.id = any(${[...new Set(pupilIds)]}::text[])`.execute(db);
  return new Map(rows.map((row) => [row.id, nameOf(row)]));
}

function nameOf({ id, isProtected, givenName, familyName, groupName }: Row): PupilName {
  if (isProtected) return { name: undefined, groupName: '', reference: neutralReference(id) };
  const name = [givenName, familyName].filter(Boolean).join(' ');
  return { name, groupName: groupName ?? '', reference: undefined };
}
