import { type RawBuilder, sql } from 'kysely';
import { batches } from '../storage/batches.ts';
import type { Db } from '../storage/database.ts';
import type { RosterGroup, RosterPupil, RosterStaff } from './roster-source.ts';

/** Ids of the rows that are new, and of those that differed. A row that is as given is not written. */
export interface Upserted {
  readonly added: ReadonlySet<string>;
  readonly changed: ReadonlySet<string>;
}

/** Stores pupils; who had left is back. A protected pupil's names are gone with this statement. */
export async function upsertPupils(db: Db, pupils: readonly RosterPupil[]): Promise<Upserted> {
  const rows = pupils.map((pupil) => ({
    ...pupil,
    givenName: pupil.isProtected ? null : pupil.givenName,
    familyName: pupil.isProtected ? null : pupil.familyName,
  }));
  return await upsert(db, rows, pupilStatement);
}

function pupilStatement(json: string): RawBuilder<Written> {
  return sql`
    insert into pupil (id, school_id, given_name, family_name, grade, is_protected, removed_at)
    select x.id, x."schoolId", x."givenName", x."familyName", x.grade, x."isProtected", null
    from json_to_recordset(${json}::json) as x
      (id text, "schoolId" text, "givenName" text, "familyName" text, grade int, "isProtected" boolean)
    on conflict (id) do update set
      school_id = excluded.school_id, given_name = excluded.given_name, family_name = excluded.family_name,
      grade = excluded.grade, is_protected = excluded.is_protected, removed_at = null
    where (pupil.school_id, pupil.given_name, pupil.family_name, pupil.grade, pupil.is_protected, pupil.removed_at)
      is distinct from (excluded.school_id, excluded.given_name, excluded.family_name, excluded.grade,
        excluded.is_protected, null)
    returning id, xmax = 0 as "isNew"`;
}

/** Stores staff; who had left is back. The Entra id is learnt elsewhere and kept. */
export async function upsertStaff(db: Db, staff: readonly RosterStaff[]): Promise<Upserted> {
  return await upsert(db, staff, staffStatement);
}

function staffStatement(json: string): RawBuilder<Written> {
  return sql`
    insert into staff (id, given_name, family_name, email, principal_name, removed_at)
    select x.id, x."givenName", x."familyName", x.email, x."principalName", null
    from json_to_recordset(${json}::json) as x
      (id text, "givenName" text, "familyName" text, email text, "principalName" text)
    on conflict (id) do update set
      given_name = excluded.given_name, family_name = excluded.family_name, email = excluded.email,
      principal_name = excluded.principal_name, removed_at = null
    where (staff.given_name, staff.family_name, staff.email, staff.principal_name, staff.removed_at)
      is distinct from (excluded.given_name, excluded.family_name, excluded.email, excluded.principal_name, null)
    returning id, xmax = 0 as "isNew"`;
}

/**
 * Stores groups with all their members and mentors. Members the roster has not named are stored too: they may come with
 * the next reading, when the group is not given again.
 */
export async function upsertGroups(db: Db, groups: readonly RosterGroup[]): Promise<Upserted> {
  const bare = groups.map(({ id, schoolId, kind, name }) => ({ id, schoolId, kind, name }));
  const { added, changed } = await upsert(db, bare, groupStatement);
  const members = await replaceMembers(db, groups, {
    table: 'group_member',
    column: 'pupil_id',
    of: 'pupilIds',
  });
  const mentors = await replaceMembers(db, groups, {
    table: 'group_mentor',
    column: 'staff_id',
    of: 'mentorIds',
  });
  const touched = [...changed, ...members, ...mentors].filter((id) => !added.has(id));
  return { added, changed: new Set(touched) };
}

function groupStatement(json: string): RawBuilder<Written> {
  return sql`
    insert into school_group (id, school_id, kind, name, removed_at)
    select x.id, x."schoolId", x.kind, x.name, null
    from json_to_recordset(${json}::json) as x (id text, "schoolId" text, kind text, name text)
    on conflict (id) do update set
      school_id = excluded.school_id, kind = excluded.kind, name = excluded.name, removed_at = null
    where (school_group.school_id, school_group.kind, school_group.name, school_group.removed_at)
      is distinct from (excluded.school_id, excluded.kind, excluded.name, null)
    returning id, xmax = 0 as "isNew"`;
}

interface Written {
  readonly id: string;
  readonly isNew: boolean;
}

async function upsert<T>(
  db: Db,
  records: readonly T[],
  statement: (json: string) => RawBuilder<Written>,
): Promise<Upserted> {
  const added = new Set<string>();
  const changed = new Set<string>();
  for (const batch of batches(records)) {
    const { rows } = await statement(JSON.stringify(batch)).execute(db);
    for (const { id, isNew } of rows) (isNew ? added : changed).add(id);
  }
  return { added, changed };
}

interface Membership {
  readonly table: 'group_member' | 'group_mentor';
  readonly column: 'pupil_id' | 'staff_id';
  readonly of: 'pupilIds' | 'mentorIds';
}

/** Answers the ids of the groups that lost or gained somebody. */
async function replaceMembers(
  db: Db,
  groups: readonly RosterGroup[],
  membership: Membership,
): Promise<Set<string>> {
  const table = sql.table(membership.table);
  const column = sql.ref(membership.column);
  const changed = new Set<string>();
  for (const batch of batches(groups, undefined, (group) => group[membership.of].length)) {
    const pairs = batch.flatMap(({ id, [membership.of]: members }) =>
      members.map((person) => ({ id, person })),
    );
    const { rows } = await sql<{ groupId: string }>`
      with given as (
        select distinct x.id, x.person from json_to_recordset(${JSON.stringify(pairs)}::json) as x (id text, person text)
      ), gone as (
        delete from ${table} as m
        where m.group_id = any(${batch.map(({ id }) => id)}::text[])
          and (m.group_id, m.${column}) not in (select id, person from given)
        returning m.group_id
      ), came as (
        insert into ${table} (group_id, ${column}) select id, person from given on conflict do nothing returning group_id
      )
      select group_id from gone union select group_id from came`.execute(db);
    for (const { groupId } of rows) changed.add(groupId);
  }
  return changed;
}
