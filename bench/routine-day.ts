import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { readPupilSums } from '../services/attendance/window-sums.ts';
import { municipalityFrom } from '../services/config/load-municipality.ts';
import { loadRoutines, shippedRoutine } from '../services/config/load-routine.ts';
import { type Municipality, municipalityFile } from '../services/config/municipality.ts';
import { windowNames } from '../services/config/routine.ts';
import { EVERYBODY } from '../services/pupils/pupil-filter.ts';
import { readPupilList } from '../services/pupils/read-pupil-list.ts';
import { openCases } from '../services/routine/open-cases.ts';
import type { RoutineDeps } from '../services/routine/routine-deps.ts';
import { openStorage, type Storage } from '../services/storage/database.ts';
import { guid } from '../test/support/guid.ts';
import { aim, type Bench, type BenchOptions, type BenchRow } from './bench-row.ts';
import { type Engine, enginesOf } from './databases.ts';
import { median, timed } from './measure.ts';

const PUPILS_OF_SCHOOL = 500;
/** A municipality as large as 100,000 pupils is aimed at; the time of a smaller one is told for as many. */
const AIMED_PUPILS = 100_000;
const FEW_SCHOOLS = 10;
const MOST_MS = 60_000;
const MOST_LIST_MS = 100;
const FIRST_DAY = Temporal.PlainDate.from('2026-08-18');
const LAST_DAY = Temporal.PlainDate.from('2026-11-20');

/** The close of a day judged by the shipped routine, after a term so far, beside adding up the same days once. */
export const routineDay: Bench = {
  title: `The routine at the close of a day: schools of ${PUPILS_OF_SCHOOL} pupils, a term of day sums, against one bare sum over them`,
  run: async (options) => {
    const rows: BenchRow[] = [];
    for (const engine of enginesOf(options)) {
      options.say(`judges a day in ${engine.name}`);
      rows.push(...(await onEngine(engine, options)));
    }
    return rows;
  },
};

async function onEngine(engine: Engine, { isFull }: BenchOptions): Promise<readonly BenchRow[]> {
  const isLarge = isFull && engine.name === 'PostgreSQL';
  const schools = isLarge ? AIMED_PUPILS / PUPILS_OF_SCHOOL : FEW_SCHOOLS;
  const database = await engine.create();
  const storage = await openStorage(database.options);
  try {
    await seed(storage, schools);
    return await measure(engine, storage, schools);
  } finally {
    await storage.close();
    await database.drop();
  }
}

/** Everybody has some absence; about one in six is above the lowest limit. */
async function seed({ db }: Storage, schools: number): Promise<void> {
  const pupils = schools * PUPILS_OF_SCHOOL;
  await sql`
    insert into pupil (id, school_id, grade, is_protected)
    select 'pupil-' || n, 'skola-' || n / ${PUPILS_OF_SCHOOL}::int, 8, false
    from generate_series(0, ${pupils - 1}::int) as n`.execute(db);
  await sql`
    insert into day_sum (pupil_id, day, school_id, offered_minutes, reported_minutes, valid_minutes, invalid_minutes,
      lessons, lessons_reported, lessons_missed, late_arrivals)
    select 'pupil-' || n, day, 'skola-' || n / ${PUPILS_OF_SCHOOL}::int, 300, 300, away * 60, 0, 5, 5, away, 0
    from generate_series(0, ${pupils - 1}::int) as n,
      generate_series(${FIRST_DAY}::date, ${LAST_DAY}::date, '1 day') as day,
      lateral (select case when (n * 31 + extract(doy from day)::int * 7) % 100 < (n % 6) * (n % 6) then 3 else 0 end as away) as one
    where extract(isodow from day) < 6`.execute(db);
  await sql`analyze`.execute(db);
}

async function measure(engine: Engine, storage: Storage, count: number): Promise<readonly BenchRow[]> {
  const municipality = schoolsOf(count);
  const { routines } = await loadRoutines({ routinePath: shippedRoutine, configPath: '' });
  const now = LAST_DAY.toZonedDateTime({ timeZone: 'Europe/Stockholm', plainTime: '17:00' }).toInstant();
  const { db } = storage;
  const deps: RoutineDeps = { db, clock: { now: () => now }, municipality, routines, onCase: async () => {} };
  const judgeAll = async () => {
    for (const school of municipality.schools) await openCases(deps, school, LAST_DAY);
  };
  const bare = await timed(() =>
    sql`select pupil_id, sum(valid_minutes) from day_sum group by 1`.execute(db),
  );
  const first = await timed(judgeAll);
  const again = await timed(judgeAll);
  const lists: number[] = [];
  for (const { id: schoolId, calendar } of municipality.schools.slice(0, FEW_SCHOOLS))
    lists.push(
      await timed(() => readPupilSums(db, { schoolId, day: LAST_DAY, calendar, windows: windowNames })),
    );
  const pupils: number[] = [];
  for (const school of municipality.schools.slice(0, FEW_SCHOOLS))
    pupils.push(await timed(() => readPupilList({ db, routines }, school, LAST_DAY, EVERYBODY)));
  const share = (count * PUPILS_OF_SCHOOL) / AIMED_PUPILS;
  const row = (what: string, ms: number, isAimed: boolean): BenchRow => ({
    what: `${engine.name}: ${what}`,
    measured: `${(ms / share / 1_000).toFixed(1)} s for 100,000 pupils`,
    reference: `${(bare / share / 1_000).toFixed(1)} s`,
    ratio: bare / ms,
    ...(isAimed ? { aim: aim([`< ${MOST_MS / 1_000} s`, ms / share < MOST_MS]) } : {}),
  });
  const isServer = engine.name === 'PostgreSQL';
  return [
    row(`the first day, all cases new (${count} schools)`, first, isServer),
    row('a day that changes nothing', again, isServer),
    listRow(engine, 'one school’s sums, all five windows', lists),
    listRow(engine, 'one school’s list of pupils with cases', pupils),
  ];
}

function listRow(engine: Engine, what: string, times: readonly number[]): BenchRow {
  const ms = median(times);
  return {
    what: `${engine.name}: ${what}`,
    measured: `${ms.toFixed(0)} ms`,
    ...(engine.name === 'PostgreSQL' ? { aim: aim([`< ${MOST_LIST_MS} ms`, ms < MOST_LIST_MS]) } : {}),
  };
}

function schoolsOf(count: number): Municipality {
  return municipalityFrom(
    municipalityFile.parse({
      municipality: 'Storköping',
      teams: { tenants: ['99999999-0000-4000-8000-000000000001'] },
      calendar: { schoolYear: '2026/2027', terms: [{ from: FIRST_DAY.toString(), to: '2026-12-18' }] },
      sources: [{ id: 'memory', kind: 'ss12000', url: 'http://127.0.0.1:1/', gives: ['roster', 'lessons'] }],
      schools: Array.from({ length: count }, (_, school) => ({
        id: `skola-${school}`,
        name: `Skola ${school}`,
        organisation: guid(9, school),
      })),
    }),
  );
}
