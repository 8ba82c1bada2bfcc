import type { AttendanceSource } from '../services/attendance/attendance-source.ts';
import type { Clock } from '../services/clock.ts';
import type { Municipality } from '../services/config/municipality.ts';
import type { Routine } from '../services/config/routine.ts';
import type { Log } from '../services/log.ts';
import { backfill } from '../services/morning/close-day.ts';
import { ensureRosters } from '../services/people/refresh-roster.ts';
import type { RosterSource } from '../services/people/roster-source.ts';
import { openStorage, type Storage } from '../services/storage/database.ts';
import { shownSchool } from './configuration.ts';
import { liveRoutine } from './lived-routine.ts';
import type { DemoMunicipality } from './municipality.ts';

export interface PastDeps {
  readonly municipality: DemoMunicipality;
  readonly configuration: Municipality;
  readonly routines: readonly Routine[];
  readonly rosters: readonly RosterSource[];
  readonly attendance: readonly AttendanceSource[];
  readonly clock: Clock;
  readonly log: Log;
}

/** No term has more school days. */
const WHOLE_TERM = 120;

/**
 * A database in memory in which the shown school's term until today is there as if Sedd had been running: what the student
 * system has of each day, read as ever, and what people have done since by the routine. With nothing there where there is to be
 * no past.
 */
export async function openPast(deps: PastDeps, hasPast: boolean): Promise<Storage> {
  const storage = await openStorage({});
  try {
    if (hasPast) await readPast(deps, storage);
    let closed: Promise<void> | undefined;
    // Sedd closes it too.
    return { ...storage, close: () => (closed ??= storage.close()) };
  } catch (error) {
    await storage.close();
    throw error;
  }
}

/** Reads and lives it in a database that has nothing else. */
export async function readPast(deps: PastDeps, { db }: Pick<Storage, 'db'>): Promise<void> {
  const { municipality, configuration, routines, clock } = deps;
  // No card shows anybody yet.
  const reading = { ...deps, db, onPeople: async () => {} };
  const school = shownSchool(configuration);
  const opening = clock.now().toZonedDateTimeISO(school.timeZone).toPlainDate();
  await ensureRosters(reading);
  await backfill(reading, school, opening, WHOLE_TERM);
  await liveRoutine({
    db,
    seed: municipality.seed,
    made: shownSchool(municipality),
    school,
    municipality: configuration,
    routines,
    log: deps.log,
    opening,
  });
}
