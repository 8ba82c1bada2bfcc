import type { Temporal } from 'temporal-polyfill';
import type { Named } from '../people/named.ts';
import { readNamedPupils } from '../people/named-pupils.ts';
import { readOwnPupils } from '../people/own-pupils.ts';
import { schoolsOfStaff } from '../people/schools-of-staff.ts';
import type { Db } from '../storage/database.ts';

export interface ViewablePupil extends Named {
  readonly schoolId: string;
}

export interface Viewer {
  /** Undefined for somebody whom only the municipality file knows. */
  readonly staffId: string | undefined;
  readonly day: Temporal.PlainDate;
  /** Schools whose pupils they may all see. */
  readonly schoolIds: readonly string[];
}

/**
 * The pupils whom somebody can mean by a name: those of the schools that are theirs, and elsewhere their own and those of whom a
 * step is theirs to do. Whether they may see the page is judged of each. Nobody else's name can be fished for.
 */
export async function readViewable(
  db: Db,
  { staffId, day, schoolIds }: Viewer,
): Promise<readonly ViewablePupil[]> {
  const found = new Map<string, ViewablePupil>();
  const add = (schoolId: string, pupils: readonly Named[]) => {
    for (const pupil of pupils) found.set(pupil.id, { ...pupil, schoolId });
  };
  for (const schoolId of schoolIds) add(schoolId, await readNamedPupils(db, schoolId));
  if (staffId === undefined) return [...found.values()];
  const steps = await stepPupils(db, staffId);
  const elsewhere = new Set([
    ...(await schoolsOfStaff(db, staffId, day)),
    ...steps.map(({ schoolId }) => schoolId),
  ]);
  for (const schoolId of elsewhere) {
    if (schoolIds.includes(schoolId)) continue;
    add(schoolId, await readOwnPupils(db, staffId, schoolId, day));
    const pupilIds = steps.filter((step) => step.schoolId === schoolId).map(({ pupilId }) => pupilId);
    add(schoolId, await readNamedPupils(db, schoolId, { groupIds: [], pupilIds }));
  }
  return [...found.values()];
}

async function stepPupils(db: Db, staffId: string) {
  return await db
    .selectFrom('routineStep')
    .select(['pupilId', 'schoolId'])
    .distinct()
    .where('ownerStaffId', '=', staffId)
    .where('state', '=', 'open')
    .execute();
}
