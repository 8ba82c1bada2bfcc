import { sql } from 'kysely';
import type { Db } from '../storage/database.ts';
import { namedAmong, type PeopleListener, protectPupils } from './protect-pupils.ts';
import { findGone, markGone, refuseTooManyGone } from './roster-leavers.ts';
import type { RosterChange, RosterPupil } from './roster-source.ts';
import { type Upserted, upsertGroups, upsertPupils, upsertStaff } from './roster-upserts.ts';

export interface RosterImport {
  readonly pupils: RosterTally;
  readonly staff: RosterTally;
  /** A group whose members or mentors have changed has changed. */
  readonly groups: RosterTally;
  /** Records the source gave that could not be read. */
  readonly rejected: number;
}

/** What is new, what differs from before, and what has left. What is as it was is not counted. */
export interface RosterTally {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

export interface RosterImportOptions {
  /** The largest share of a school's pupils that may leave in one reading, between 0 and 1. */
  readonly mostGone?: number;
  /** Brings up to date whatever shows what the roster changes. */
  readonly onChange?: PeopleListener;
}

/** A third of a school with three grades leaves each summer; half of it in one reading is a fault in the source. */
const MOST_GONE = 0.5;

/**
 * Stores a roster, whole or what has changed, in one transaction, with how far the source has been read. Importing it
 * again changes nothing, and the order of its records does not matter. Who has left keeps a row with `removedAt`; of a
 * protected pupil no name is left. Fails with `roster.tooManyGone`, and changes nothing, where more of a school's pupils
 * would leave than `mostGone`.
 */
export async function importRoster(
  deps: { readonly db: Db },
  sourceId: string,
  change: RosterChange,
  { mostGone = MOST_GONE, onChange = async () => {} }: RosterImportOptions = {},
): Promise<RosterImport> {
  const once = withoutRepeats(change);
  return await deps.db.transaction().execute(async (trx) => {
    // Two replicas reading the same source at once would wait for each other's rows in different order.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`roster/${sourceId}`}, 0))`.execute(trx);
    const gone = await findGone(trx, sourceId, once);
    refuseTooManyGone(sourceId, gone.pupils, mostGone);
    const protectedIds = await namedAmong(trx, markedIn(once));
    const pupils = await upsertPupils(trx, once.pupils);
    await protectPupils(trx, once.protectedIds ?? []);
    const staff = await upsertStaff(trx, once.staff);
    const groups = await upsertGroups(trx, once.groups);
    const removed = await markGone(trx, gone, once.readAt);
    await storeCursor(trx, sourceId, once);
    const tallies = {
      pupils: tally(pupils, removed.pupils),
      staff: tally(staff, removed.staff),
      groups: tally(groups, removed.groups),
    };
    if (protectedIds.length > 0 || Object.values(tallies).some(isNews)) await onChange(trx, { protectedIds });
    return { ...tallies, rejected: once.rejected.length };
  });
}

function isNews({ added, changed, removed }: RosterTally): boolean {
  return added + changed + removed > 0;
}

/** Everybody whom the roster protects, by their own record or by another. */
function markedIn({ pupils, protectedIds = new Set() }: RosterChange): ReadonlySet<string> {
  const own = pupils.filter((pupil) => pupil.isProtected).map((pupil) => pupil.id);
  return new Set([...own, ...protectedIds]);
}

function tally({ added, changed }: Upserted, removed: number): RosterTally {
  return { added: added.size, changed: changed.size, removed };
}

/** A record that changes while a source is paged through comes twice; one statement cannot write a row twice. */
function withoutRepeats(change: RosterChange): RosterChange {
  return {
    ...change,
    pupils: lastOfEach(change.pupils, (a, b) => (isExposing(a, b) ? a : b)),
    staff: lastOfEach(change.staff),
    groups: lastOfEach(change.groups),
  };
}

/** Of two records of one pupil, protection holds whichever came last. */
function isExposing(earlier: RosterPupil, later: RosterPupil): boolean {
  return earlier.isProtected && !later.isProtected;
}

function lastOfEach<T extends { readonly id: string }>(
  records: readonly T[],
  choose: (earlier: T, later: T) => T = (_, later) => later,
): readonly T[] {
  const byId = new Map<string, T>();
  for (const record of records) {
    const earlier = byId.get(record.id);
    byId.set(record.id, earlier === undefined ? record : choose(earlier, record));
  }
  return [...byId.values()];
}

async function storeCursor(db: Db, sourceId: string, { cursor, readAt }: RosterChange): Promise<void> {
  await db
    .insertInto('sourceCursor')
    .values({ sourceId, cursor, readAt })
    .onConflict((conflict) => conflict.column('sourceId').doUpdateSet({ cursor, readAt }))
    .execute();
}
