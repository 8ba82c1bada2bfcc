import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Municipality, School } from '../config/municipality.ts';
import type { StepRole } from '../config/routine.ts';
import { groupOf, mentorGroups } from '../people/mentor-groups.ts';
import { readResponsibilities, responsibleFor } from '../people/responsible.ts';
import type { Db } from '../storage/database.ts';

/** Who is to do a step, and as what. Somebody whom only the municipality file names may have no place on the staff. */
export interface Owner {
  readonly staffId: string | undefined;
  readonly address: string | undefined;
  readonly role: string;
}

/** Undefined where nobody is known, and no coordinator or principal either. */
export type OwnerOf = (pupilId: string, role: StepRole) => Owner | undefined;

export interface OwnerDeps {
  readonly db: Db;
  readonly municipality: Pick<Municipality, 'roles'>;
}

const byFileRoles = ['attendanceCoordinator', 'principal', 'ehtMember', 'mobileSchoolTeam'] as const;

/**
 * Reads who at a school is who on a day. The mentor or contact person is whoever `responsibleFor` says; other roles are the
 * first address of the municipality file. Where a role has nobody the attendance coordinator is asked, then the principal.
 * Whatever is to be done about a protected pupil is the coordinator's: nobody else knows who that is.
 */
export async function readOwners(deps: OwnerDeps, school: School, day: Temporal.PlainDate): Promise<OwnerOf> {
  const groups = await mentorGroups(deps, school.id);
  const all = await readResponsibilities(deps.db, school.id, day);
  const isProtected = await readProtected(deps.db, school.id);
  const staffIds = await staffByAddress(
    deps.db,
    byFileRoles.flatMap((role) => addressesOf(deps.municipality, school, role).slice(0, 1)),
  );
  const byFile = (role: StepRole): Owner | undefined => {
    const [address] = addressesOf(deps.municipality, school, role);
    if (address === undefined) return undefined;
    const staffId = staffIds.get(address);
    const standIn = staffId === undefined ? undefined : all.standIns.get(staffId);
    return standIn === undefined
      ? { staffId, address, role }
      : { staffId: standIn, address: undefined, role: 'standIn' };
  };
  const byRoster = (pupilId: string, role: 'mentor' | 'contactPerson'): Owner | undefined => {
    const known = role === 'mentor' ? { ...all, contactPersons: new Map<string, string>() } : all;
    const found = responsibleFor(pupilId, groupOf(groups, pupilId), known);
    return found === undefined ? undefined : { ...found, address: undefined };
  };
  return (pupilId, asked) => {
    const role = isProtected.has(pupilId) ? 'attendanceCoordinator' : asked;
    const first = role === 'mentor' || role === 'contactPerson' ? byRoster(pupilId, role) : byFile(role);
    return first ?? byFile('attendanceCoordinator') ?? byFile('principal');
  };
}

function addressesOf(
  { roles }: OwnerDeps['municipality'],
  school: School,
  role: StepRole,
): readonly string[] {
  switch (role) {
    case 'attendanceCoordinator':
      return school.roles.attendanceCoordinators;
    case 'principal':
      return school.roles.principals;
    case 'ehtMember':
      return school.roles.ehtMembers;
    case 'mobileSchoolTeam':
      return roles.mobileSchoolTeam;
    case 'mentor':
    case 'contactPerson':
      return [];
  }
}

async function readProtected(db: Db, schoolId: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('pupil')
    .select('id')
    .where('schoolId', '=', schoolId)
    .where('isProtected', '=', true)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** An address that two on the staff have is nobody's. */
async function staffByAddress(db: Db, addresses: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ address: string; id: string }>`
    select wanted.address, min(staff.id) as id
    from unnest(${addresses}::text[]) as wanted (address)
    join staff on lower(staff.email) = wanted.address or lower(staff.principal_name) = wanted.address
    where staff.removed_at is null
    group by wanted.address having count(*) = 1`.execute(db);
  return new Map(rows.map(({ address, id }) => [address, id]));
}
