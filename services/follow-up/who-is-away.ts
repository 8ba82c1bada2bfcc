import type { Log } from '../log.ts';
import type { Db } from '../storage/database.ts';
import type { Directory } from './directory.ts';

export interface WhoIsAwayDeps {
  readonly db: Db;
  readonly directory: Directory;
  readonly log: Log;
}

/**
 * Asks the directory who on the staff is away. Whoever it cannot be asked of counts as there, so that no reminder is lost;
 * that it does not answer is logged when it begins, and when it is over.
 */
export function createWhoIsAway({
  db,
  directory,
  log,
}: WhoIsAwayDeps): (staffIds: readonly string[]) => Promise<ReadonlySet<string>> {
  let told = '';
  return async (staffIds) => {
    const accounts = await readAccounts(db, staffIds);
    if (accounts.length === 0) return new Set();
    const { away, failures } = await directory.whoIsAway(accounts.map(({ entraId }) => entraId));
    const kinds = new Map(failures.map((err) => [`${err.code} ${err.facts.permission ?? ''}`, err]));
    const now = [...kinds.keys()].join();
    if (now !== told) {
      for (const err of kinds.values()) log.warn({ code: err.code, err }, NOT_TOLD);
      if (now === '') log.info('The directory says again who is away');
    }
    told = now;
    // Somebody with two accounts is away when both say so: one may be an old one that answers that they have moved.
    const there = new Set(accounts.flatMap(({ staffId, entraId }) => (away.has(entraId) ? [] : [staffId])));
    return new Set(accounts.flatMap(({ staffId }) => (there.has(staffId) ? [] : [staffId])));
  };
}

const NOT_TOLD =
  'The directory does not say who is away: until it does, reminders go to whoever answers for the pupil. "sedd doctor" tells what is missing';

async function readAccounts(db: Db, staffIds: readonly string[]) {
  if (staffIds.length === 0) return [];
  const rows = await db
    .selectFrom('teamsUser')
    .select(['entraId', 'staffId'])
    .where('staffId', 'in', staffIds)
    .where('isGuest', '=', false)
    .execute();
  return rows.flatMap(({ entraId, staffId }) => (staffId === null ? [] : [{ entraId, staffId }]));
}
