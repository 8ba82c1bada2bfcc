import type { Temporal } from 'temporal-polyfill';
import type { AttendanceKind, AttendanceSource } from '../../attendance/attendance-source.ts';
import { type Clock, dayAt } from '../../clock.ts';
import type { RosterSource } from '../../people/roster-source.ts';
import { readAttendanceDay } from './attendance.ts';
import { type ClientDeps, createClient, type Query } from './client.ts';
import { createRooms } from './rooms.ts';
import { type Reading, readRosterChange } from './roster.ts';
import { readAttendanceSums } from './sums.ts';
import { windowOf } from './times.ts';
import { createUnits, noSchool } from './units.ts';

export interface Ss12000Deps extends ClientDeps {
  readonly schools: readonly {
    readonly id: string;
    readonly organisation: string;
    /** Where there are some, it is asked which room a lesson is in. */
    readonly buildings?: readonly object[];
  }[];
  readonly timeZone: string;
  /** The school's clock: what is read is as of its time. */
  readonly clock: Clock;
}

/** An SS 12000 API as the sources that it is configured to be. */
export interface Ss12000Source {
  readonly roster: RosterSource | undefined;
  readonly attendance: AttendanceSource | undefined;
  /** Tries the token, the schools, and one small call for each thing it gives. Fails with a `SourceError` that says what to do. */
  probe(): Promise<void>;
}

/** A source gives what the configuration says that it gives; the rest of the API is never called. */
export function ss12000Source(deps: Ss12000Deps): Ss12000Source {
  const { config, clock, timeZone, schools } = deps;
  const client = createClient(deps);
  const units = createUnits({ ...deps, client });
  const areWanted = schools.some(({ buildings = [] }) => buildings.length > 0);
  const rooms = createRooms({ ...deps, client, areWanted });
  const reading: Reading = { source: config.id, client, units, rooms, schools, clock, timeZone };
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
    probe: () => probe(deps, reading),
  };
}

async function probe(
  { config, schools }: Ss12000Deps,
  { client, units, rooms, clock, timeZone }: Reading,
): Promise<void> {
  const found = await units.all();
  const missing = schools.filter(({ id }) => !found.has(id));
  if (missing.length > 0)
    throw noSchool(
      config.id,
      missing.map(({ id }) => id),
    );
  const day = dayAt(clock.now(), { timeZone });
  for (const kind of config.gives) {
    for (const [path, query] of Object.entries(smallCalls(day, timeZone)[kind]))
      await client.try(path, query);
  }
  if (rooms.areWanted && config.gives.includes('lessons')) await client.try('rooms', {});
}

/** One call to each list that a kind is read from. */
function smallCalls(
  day: Temporal.PlainDate,
  timeZone: string,
): Readonly<Record<AttendanceKind | 'roster', Readonly<Record<string, Query>>>> {
  const { from, to } = windowOf(day, timeZone);
  const [startDate, endDate] = [day.toString(), day.toString()];
  return {
    roster: { persons: { 'relationship.entity.type': 'duty' }, groups: {}, duties: {} },
    lessons: { calendarEvents: { 'startTime.onOrAfter': from, 'startTime.onOrBefore': to } },
    notices: { absences: { 'startTime.onOrBefore': to, 'endTime.onOrAfter': from } },
    sums: { aggregatedAttendance: { startDate, endDate } },
  };
}
