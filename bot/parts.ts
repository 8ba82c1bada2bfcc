import type { AttendanceSource } from '../services/attendance/attendance-source.ts';
import type { Clock } from '../services/clock.ts';
import type { Environment } from '../services/config/environment.ts';
import type { Municipality } from '../services/config/municipality.ts';
import type { Routine } from '../services/config/routine.ts';
import type { Directory } from '../services/follow-up/directory.ts';
import type { Log } from '../services/log.ts';
import type { RosterSource } from '../services/people/roster-source.ts';
import type { Storage } from '../services/storage/database.ts';
import type { Identity } from './identity.ts';

/** Everything that Sedd is made of and does not make itself. */
export interface Parts {
  readonly municipality: Municipality;
  /** The attendance routine, earliest first; where left out none is followed. */
  readonly routines?: readonly Routine[] | undefined;
  readonly storage: Storage;
  readonly rosters: readonly RosterSource[];
  readonly attendance: readonly AttendanceSource[];
  readonly identity: Identity;
  /** Undefined where none is configured: everybody counts as there. */
  readonly directory?: Directory | undefined;
  /** The school's clock; the demo's runs fast. */
  readonly clock: Clock;
  readonly log: Log;
  /** Whether the client opens dialogs, as Teams does; the local Teams does not. */
  readonly hasDialogs?: boolean;
  readonly settings: Pick<Environment, 'host' | 'port' | 'metricsToken' | 'hookSecret'> & Partial<Timing>;
}

/** Times of the wire, for tests that cannot wait. */
export interface Timing {
  readonly timeoutMs: number;
  readonly graceSeconds: number;
  readonly restSeconds: number;
}

/** What holds where nothing else is said. */
export const timing: Timing = { timeoutMs: 15_000, graceSeconds: 30, restSeconds: 5 };
