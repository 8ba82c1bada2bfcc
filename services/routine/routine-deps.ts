import type { Clock } from '../clock.ts';
import type { Municipality } from '../config/municipality.ts';
import type { Routine } from '../config/routine.ts';
import type { Db } from '../storage/database.ts';
import type { CaseRow } from './routine-case.ts';

export interface RoutineDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly municipality: Pick<Municipality, 'roles'>;
  /** Earliest first. */
  readonly routines: readonly Routine[];
  /** Called in the same transaction for every case that changed, so that whatever shows it is brought up to date. */
  readonly onCase: (db: Db, found: CaseRow) => Promise<void>;
}
