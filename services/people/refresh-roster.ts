import { sql } from 'kysely';
import type { Log } from '../log.ts';
import type { Db } from '../storage/database.ts';
import { importRoster } from './import-roster.ts';
import type { PeopleListener } from './protect-pupils.ts';
import type { RosterSource } from './roster-source.ts';

export interface RosterDeps {
  readonly db: Db;
  readonly rosters: readonly RosterSource[];
  readonly log: Log;
  /** Brings up to date whatever shows what a roster has changed. */
  readonly onPeople: PeopleListener;
}

/** Reads what has changed in a source's roster since last time, or all of it the first time. */
export async function refreshRoster(deps: RosterDeps, source: RosterSource): Promise<void> {
  const cursor = await readCursor(deps.db, source.id);
  const change = await source.readRoster(cursor);
  const imported = await importRoster({ db: deps.db }, source.id, change, { onChange: deps.onPeople });
  if (change.isWhole) await countPeople(deps.db);
  deps.log.info({ source: source.id, isWhole: change.isWhole, ...imported }, 'The roster has been read');
}

/** Lets the database know how many people there are now, and not only at its next upkeep: the morning may come first. */
async function countPeople(db: Db): Promise<void> {
  await sql`analyze pupil, staff, school_group, group_member, group_mentor`.execute(db);
}

/** Reads the rosters that have never been read: nothing can be said of a morning without one. */
export async function ensureRosters(deps: RosterDeps): Promise<void> {
  for (const source of deps.rosters) {
    if ((await readCursor(deps.db, source.id)) === undefined) await refreshRoster(deps, source);
  }
}

async function readCursor(db: Db, sourceId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('sourceCursor')
    .select('cursor')
    .where('sourceId', '=', sourceId)
    .executeTakeFirst();
  return row?.cursor;
}
