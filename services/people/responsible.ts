import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';

/** Who answers for a pupil's follow-up, and as what. */
export interface Responsible {
  readonly staffId: string;
  readonly role: 'mentor' | 'contactPerson' | 'standIn';
}

/** What decides it: who is a contact person, and who is away. */
export interface Responsibilities {
  /** Pupil → contact person. */
  readonly contactPersons: ReadonlyMap<string, string>;
  /** Staff who are away that day → who stands in. */
  readonly standIns: ReadonlyMap<string, string>;
}

/**
 * Who answers for a pupil that day: the contact person, otherwise the group's first mentor who is not away, and where they are
 * all away whoever stands in. Of several mentors it is always the same one, whatever order the roster gives them in.
 * Undefined where the pupil has no group or the group no mentor.
 */
export function responsibleFor(
  pupilId: string,
  group: { readonly mentorIds: readonly string[] } | undefined,
  { contactPersons, standIns }: Responsibilities,
): Responsible | undefined {
  const contactPerson = contactPersons.get(pupilId);
  if (contactPerson !== undefined) return present(contactPerson, 'contactPerson', standIns);
  const mentors = group?.mentorIds.toSorted() ?? [];
  const first = mentors.find((staffId) => !standIns.has(staffId)) ?? mentors[0];
  return first === undefined ? undefined : present(first, 'mentor', standIns);
}

/** A stand-in who is away too is not followed further: somebody has to be named. */
function present(
  staffId: string,
  role: Responsible['role'],
  standIns: ReadonlyMap<string, string>,
): Responsible {
  const standIn = standIns.get(staffId);
  return standIn === undefined ? { staffId, role } : { staffId: standIn, role: 'standIn' };
}

/** Reads what decides who answers for a school's pupils on a day; whoever has left the staff answers for nobody. */
export async function readResponsibilities(
  db: Db,
  schoolId: string,
  day: Temporal.PlainDate,
): Promise<Responsibilities> {
  const contactPersons = await db
    .selectFrom('contactPerson')
    .innerJoin('staff', 'staff.id', 'contactPerson.staffId')
    .select(['contactPerson.pupilId', 'contactPerson.staffId'])
    .where('contactPerson.schoolId', '=', schoolId)
    .where('contactPerson.endedAt', 'is', null)
    .where('staff.removedAt', 'is', null)
    .execute();
  return {
    contactPersons: new Map(contactPersons.map((row) => [row.pupilId, row.staffId])),
    standIns: await readStandIns(db, day),
  };
}

/** Staff who are away that day → who stands in; of several, who was named last. */
async function readStandIns(db: Db, day: Temporal.PlainDate): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('standIn')
    .innerJoin('staff', 'staff.id', 'standIn.standInStaffId')
    .select(['standIn.staffId', 'standIn.standInStaffId'])
    .where('standIn.firstDay', '<=', day)
    .where('standIn.lastDay', '>=', day)
    .where('standIn.endedAt', 'is', null)
    .where('staff.removedAt', 'is', null)
    .orderBy('standIn.createdAt')
    .execute();
  return new Map(rows.map((row) => [row.staffId, row.standInStaffId]));
}
