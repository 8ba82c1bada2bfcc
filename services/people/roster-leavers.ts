import type { Temporal } from 'temporal-polyfill';
import { SeddError } from '../errors.ts';
import { batches } from '../storage/batches.ts';
import type { Db } from '../storage/database.ts';
import type { RosterChange } from './roster-source.ts';

/** Who and what is there now and will not be, once the change is stored. */
export interface Gone {
  readonly pupils: readonly GoneOfSchool[];
  readonly staffIds: readonly string[];
  readonly groupIds: readonly string[];
}

export interface GoneOfSchool {
  readonly schoolId: string;
  /** Pupils the school has now. */
  readonly pupils: number;
  readonly goneIds: readonly string[];
}

interface Present {
  readonly id: string;
  readonly schoolId: string;
}

/**
 * Finds whom a change takes away: whoever it names as removed and, where it is whole, whoever it does not name in a school
 * that it names. A source that says nothing of a school, or of staff at all, takes nobody from them. Somebody both removed
 * and given is there: the source gives what exists now. So is somebody whose record could not be read.
 */
export async function findGone(db: Db, sourceId: string, change: RosterChange): Promise<Gone> {
  const named = new Set([...change.pupils, ...change.groups].map((record) => record.schoolId));
  const isOutside = ({ schoolId }: Present) => change.isWhole && named.has(schoolId);
  const persons = new Set(change.removed.personIds);
  const groups = new Set(change.removed.groupIds);
  const ownsStaff = change.isWhole && change.staff.length > 0 && (await isOnlySource(db, sourceId));
  const unread = change.rejected.flatMap(({ id }) => (id === undefined ? [] : { id }));
  const pupils = await presentPupils(db);
  const staff = notGiven(await presentStaff(db), [...change.staff, ...unread]);
  return {
    pupils: bySchool(
      pupils,
      notGiven(pupils, [...change.pupils, ...unread]).filter(
        (pupil) => persons.has(pupil.id) || isOutside(pupil),
      ),
    ),
    staffIds: staff.filter(({ id }) => persons.has(id) || ownsStaff).map(({ id }) => id),
    groupIds: notGiven(await presentGroups(db), [...change.groups, ...unread])
      .filter((group) => groups.has(group.id) || isOutside(group))
      .map(({ id }) => id),
  };
}

/** Fails with `roster.tooManyGone` where more than `mostGone` of some school's pupils would leave: half a roster. */
export function refuseTooManyGone(
  sourceId: string,
  schools: readonly GoneOfSchool[],
  mostGone: number,
): void {
  const emptied = schools.find(({ pupils, goneIds }) => goneIds.length > mostGone * pupils);
  if (emptied === undefined) return;
  const { schoolId, pupils, goneIds } = emptied;
  throw new SeddError(
    'roster.tooManyGone',
    `The roster of source "${sourceId}" would remove ${goneIds.length} of ${pupils} pupils from school "${schoolId}". ` +
      'Nothing was changed. See whether the source gives every pupil; if they have really left, import it with a higher limit.',
    { sourceId, schoolId, pupils, gone: goneIds.length, mostGone },
  );
}

/** Marks as removed, and answers how many. Memberships stay: they say who was expected in lessons that have been. */
export async function markGone(
  db: Db,
  gone: Gone,
  removedAt: Temporal.Instant,
): Promise<{ readonly pupils: number; readonly staff: number; readonly groups: number }> {
  const pupilIds = gone.pupils.flatMap((school) => school.goneIds);
  for (const ids of batches(pupilIds))
    await db.updateTable('pupil').set({ removedAt }).where('id', 'in', ids).execute();
  for (const ids of batches(gone.staffIds)) {
    await db.updateTable('staff').set({ removedAt }).where('id', 'in', ids).execute();
  }
  for (const ids of batches(gone.groupIds)) {
    await db.updateTable('schoolGroup').set({ removedAt }).where('id', 'in', ids).execute();
  }
  return { pupils: pupilIds.length, staff: gone.staffIds.length, groups: gone.groupIds.length };
}

async function presentPupils(db: Db): Promise<readonly Present[]> {
  return await db.selectFrom('pupil').select(['id', 'schoolId']).where('removedAt', 'is', null).execute();
}

async function presentStaff(db: Db): Promise<readonly { readonly id: string }[]> {
  return await db.selectFrom('staff').select('id').where('removedAt', 'is', null).execute();
}

async function presentGroups(db: Db): Promise<readonly Present[]> {
  return await db
    .selectFrom('schoolGroup')
    .select(['id', 'schoolId'])
    .where('removedAt', 'is', null)
    .execute();
}

/** Staff belong to no school: what one source does not name is only gone where no other source may have named it. */
async function isOnlySource(db: Db, sourceId: string): Promise<boolean> {
  const other = await db
    .selectFrom('sourceCursor')
    .select('sourceId')
    .where('sourceId', '!=', sourceId)
    .executeTakeFirst();
  return other === undefined;
}

function notGiven<T extends { readonly id: string }>(
  present: readonly T[],
  given: readonly { readonly id: string }[],
): T[] {
  const ids = new Set(given.map(({ id }) => id));
  return present.filter(({ id }) => !ids.has(id));
}

function bySchool(present: readonly Present[], gone: readonly Present[]): readonly GoneOfSchool[] {
  const sizes = new Map<string, number>();
  for (const { schoolId } of present) sizes.set(schoolId, (sizes.get(schoolId) ?? 0) + 1);
  return [...sizes].map(([schoolId, pupils]) => ({
    schoolId,
    pupils,
    goneIds: gone.filter((pupil) => pupil.schoolId === schoolId).map(({ id }) => id),
  }));
}
