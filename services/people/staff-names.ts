import type { Db } from '../storage/database.ts';

/** Names of people on the staff by their ids, those who have left among them. */
export async function readStaffNames(
  db: Db,
  staffIds: Iterable<string | null>,
): Promise<ReadonlyMap<string, string>> {
  const ids = [...staffIds].flatMap((id) => id ?? []);
  const rows = await db
    .selectFrom('staff')
    .select(['id', 'givenName', 'familyName'])
    .where('id', 'in', ['', ...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, `${row.givenName} ${row.familyName}`.trim()]));
}

/** The name of a pupil's contact person, also of one who has left the staff since; undefined where there is none. */
export async function readContactPersonName(db: Db, pupilId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('contactPerson')
    .innerJoin('staff', 'staff.id', 'contactPerson.staffId')
    .select(['staff.givenName', 'staff.familyName'])
    .where('contactPerson.pupilId', '=', pupilId)
    .where('contactPerson.endedAt', 'is', null)
    .executeTakeFirst();
  return row === undefined ? undefined : `${row.givenName} ${row.familyName}`.trim();
}

/** Names of people in Teams by the addresses that the municipality file names them by. */
export async function readNamesByAddress(
  db: Db,
  addresses: Iterable<string | null>,
): Promise<ReadonlyMap<string, string>> {
  const wanted = ['', ...new Set([...addresses].flatMap((address) => address ?? []))];
  const rows = await db
    .selectFrom('teamsUser')
    .select(['email', 'principalName', 'name'])
    .where((eb) => eb.or([eb('email', 'in', wanted), eb('principalName', 'in', wanted)]))
    .where('isGuest', '=', false)
    .execute();
  return new Map(
    rows.flatMap(({ email, principalName, name }) =>
      [email, principalName].flatMap((address) => (address === null ? [] : [[address, name] as const])),
    ),
  );
}
