import type { AttendanceKind, AttendanceSource } from '../../attendance/attendance-source.ts';
import type { Clock } from '../../clock.ts';
import type { SourceConfig } from '../../config/municipality.ts';
import { SeddError } from '../../errors.ts';
import type { RosterSource } from '../../people/roster-source.ts';
import { readAttendanceDay } from './attendance.ts';
import { createClient } from './client.ts';
import { readRosterChange } from './roster.ts';
import { readAttendanceSums } from './sums.ts';
import type { ClientCredentials } from './token.ts';
import { createUnits } from './units.ts';

export interface Ss12000Deps {
  readonly config: SourceConfig;
  readonly schools: readonly { readonly id: string; readonly organisation: string }[];
  readonly timeZone: string;
  readonly clock: Clock;
  readonly credentials: ClientCredentials | undefined;
  readonly backOff?: ((attempt: number) => number) | undefined;
}

/** An SS 12000 API as the sources that it is configured to be. */
export interface Ss12000Source {
  readonly roster: RosterSource | undefined;
  readonly attendance: AttendanceSource | undefined;
  /** Tries the token and one small call. Fails with a `SourceError` that says what to do. */
  probe(): Promise<void>;
}

/** A source gives what the configuration says that it gives; the rest of the API is never called. */
export function ss12000Source(deps: Ss12000Deps): Ss12000Source {
  const { config, clock, timeZone } = deps;
  const client = createClient(deps);
  const units = createUnits({ client, schools: deps.schools });
  const reading = { client, units, clock, timeZone };
  const kinds = config.gives.filter((kind): kind is AttendanceKind => kind !== 'roster');
  const gives = new Set(kinds);
  return {
    roster: config.gives.includes('roster')
      ? { id: config.id, readRoster: (cursor) => readRosterChange(reading, cursor) }
      : undefined,
    attendance:
      gives.size === 0
        ? undefined
        : {
            id: config.id,
            gives,
            readDay: (schoolId, day) => readAttendanceDay(reading, gives, schoolId, day),
            readSums: (schoolId, from, to) => readAttendanceSums(reading, schoolId, from, to),
          },
    probe: async () => {
      const found = await units.all();
      const missing = deps.schools.filter(({ id }) => !found.has(id));
      if (missing.length === 0) return;
      const names = missing.map(({ id }) => id).join(', ');
      throw new SeddError('source.noSchool', `The source "${config.id}" has no organisation for: ${names}`, {
        names,
      });
    },
  };
}
