import { sql } from 'kysely';
import type { Municipality, School } from '../config/municipality.ts';
import type { Db } from '../storage/database.ts';

/** Somebody who works in a school's EHT, by their address in the municipality file. */
export interface EhtPerson {
  readonly address: string;
  /** The address where nobody knows the name. */
  readonly name: string;
  /** Undefined where Sedd has not met them in Teams. */
  readonly teamsId: string | undefined;
}

interface Row {
  readonly address: string;
  readonly staffName: string | null;
  readonly teamsName: string | null;
  readonly teamsId: string | null;
}

/** Who can be given a decision: the school's EHT, coordinators and principals, and the mobile school team; by name. */
export async function readEhtPeople(
  db: Db,
  { roles }: Pick<Municipality, 'roles'>,
  school: School,
): Promise<readonly EhtPerson[]> {
  const own = school.roles;
  const addresses = [
    ...own.ehtMembers,
    ...own.attendanceCoordinators,
    ...own.principals,
    ...roles.mobileSchoolTeam,
  ];
  const people = await readPeople(db, [...new Set(addresses)]);
  const { compare } = new Intl.Collator(school.language);
  return people.toSorted((a, b) => compare(a.name, b.name) || (a.address < b.address ? -1 : 1));
}

/** Whoever has these addresses, also where the municipality file no longer names them. */
export async function readPeople(db: Db, addresses: readonly string[]): Promise<readonly EhtPerson[]> {
  const { rows } = await sql<Row>`
    select wanted.address,
      (select min(trim(staff.given_name || ' ' || staff.family_name)) from staff
        where staff.removed_at is null
          and (lower(staff.email) = wanted.address or lower(staff.principal_name) = wanted.address)) as staff_name,
      met.name as teams_name, met.teams_id
    from unnest(${[...addresses]}::text[]) as wanted (address)
    left join lateral (
      select teams_user.name, teams_user.teams_id from teams_user
      where not teams_user.is_guest
        and (teams_user.email = wanted.address or teams_user.principal_name = wanted.address)
      order by teams_user.seen_at desc limit 1) as met on true`.execute(db);
  return rows.map(({ address, staffName, teamsName, teamsId }) => ({
    address,
    name: staffName || teamsName || address,
    teamsId: teamsId ?? undefined,
  }));
}
