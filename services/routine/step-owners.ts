import type { Db } from '../storage/database.ts';

/** Those who have something to do: on the staff, or only by an address of the municipality file. */
export interface StepOwners {
  readonly staffIds: readonly string[];
  readonly addresses: readonly string[];
}

/** Whose the open steps of the routine are at a school, each once. */
export async function readStepOwners(db: Db, schoolId: string): Promise<StepOwners> {
  const rows = await db
    .selectFrom('routineStep')
    .select(['ownerStaffId', 'ownerAddress'])
    .distinct()
    .where('schoolId', '=', schoolId)
    .where('state', '=', 'open')
    .execute();
  return {
    staffIds: [...new Set(rows.flatMap(({ ownerStaffId }) => ownerStaffId ?? []))].toSorted(),
    addresses: [...new Set(rows.flatMap(({ ownerAddress }) => ownerAddress ?? []))].toSorted(),
  };
}
