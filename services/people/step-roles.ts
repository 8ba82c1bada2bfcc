import { sql } from 'kysely';
import type { Db } from '../storage/database.ts';
import type { HeldRole, Towards } from './held-role.ts';
import type { Person } from './person.ts';
import { whoIsStoodInFor } from './roster-roles.ts';

/**
 * Whether a step of the routine is somebody's to do: it is theirs on the staff or by an address of the municipality file, or
 * that of somebody for whom they stand in that day. Of one step that is asked about, no other makes them its owner.
 */
export async function stepRoles(db: Db, person: Person, towards: Towards): Promise<readonly HeldRole[]> {
  const { pupilId, stepId, school, day } = towards;
  const { staffId, addresses } = person;
  if (pupilId === undefined) return [];
  const isOnStaff =
    staffId === undefined
      ? sql`false`
      : sql`owner_staff_id = ${staffId} or owner_staff_id in (${whoIsStoodInFor(staffId, day)})`;
  const isIt = stepId === undefined ? sql`state = 'open'` : sql`id = ${stepId} and state <> 'proposed'`;
  const { rows } = await sql`
    select id from routine_step
    where pupil_id = ${pupilId} and school_id = ${school.id} and ${isIt} and (
      ${isOnStaff}
      or (owner_staff_id is null and owner_address = any(${[...addresses]}::text[])))
    limit 1`.execute(db);
  return rows.length === 0 ? [] : [{ role: 'stepOwner', whose: 'own' }];
}
