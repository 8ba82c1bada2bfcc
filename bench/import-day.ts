import { Temporal } from 'temporal-polyfill';
import type { AttendanceSource } from '../services/attendance/attendance-source.ts';
import { type DayImport, importDay } from '../services/attendance/import-attendance.ts';
import { systemClock } from '../services/clock.ts';
import { municipalityFile } from '../services/config/municipality.ts';
import { importRoster } from '../services/people/import-roster.ts';
import { ss12000Source } from '../services/sources/ss12000/ss12000-source.ts';
import { openStorage, type Storage } from '../services/storage/database.ts';
import {
  bareRows,
  bareRunner,
  createBareTable,
  fetchBareRows,
  insertBare,
  type RunBare,
} from './bare-inserts.ts';
import { aim, type Bench, type BenchRow } from './bench-row.ts';
import { type CannedSs12000, ORGANISATION, startCannedSs12000 } from './canned-ss12000.ts';
import { type Engine, enginesOf } from './databases.ts';
import { median, timed } from './measure.ts';
import { CHANGED_EVERY, ROWS, SCHOOL, schoolDay, schoolRoster } from './school-day.ts';

const LEAST_PER_SECOND = 20_000;
/** Days of each kind; the first is for warming up. */
const DAYS = 6;
const FIRST_DAY = Temporal.PlainDate.from('2026-11-02');

/** A day of 1,500 pupils with six lessons, with all that belongs to it, against bare inserts of the same rows. */
export const importBench: Bench = {
  title: `Import of a day: 1,500 pupils × 6 lessons (${ROWS} rows), against bare batched inserts of the same rows`,
  run: async (options) => {
    const rows: BenchRow[] = [];
    for (const engine of enginesOf(options)) {
      options.say(`imports into ${engine.name}`);
      rows.push(...(await onEngine(engine)));
    }
    return rows;
  },
};

async function onEngine(engine: Engine): Promise<readonly BenchRow[]> {
  const database = await engine.create();
  const storage = await openStorage(database.options);
  const days = Array.from({ length: DAYS * 2 }, (_, index) => FIRST_DAY.add({ days: index }));
  const canned = await startCannedSs12000(new Map(days.map((day) => [day.toString(), schoolDay(day)])));
  try {
    return await measure(engine, storage, canned, days);
  } finally {
    await canned.close();
    await storage.close();
    await database.drop();
  }
}

async function measure(
  engine: Engine,
  storage: Storage,
  canned: CannedSs12000,
  days: readonly Temporal.PlainDate[],
): Promise<readonly BenchRow[]> {
  const deps = { ...storage, run: bareRunner(storage), canned, source: sourceAt(canned.url) };
  await importRoster(storage, 'bench', schoolRoster());
  await createBareTable(deps.run);
  const times: DayTimes[] = [];
  for (let index = 0; index < DAYS; index += 1) {
    const [stored, fetched] = [days[index], days[index + DAYS]];
    if (stored !== undefined && fetched !== undefined) times.push(await oneDay(deps, stored, fetched));
  }
  return rowsOf(engine, times.slice(1));
}

interface DayTimes {
  readonly bare: number;
  readonly first: number;
  readonly again: number;
  readonly changed: number;
  readonly bareFetched: number;
  readonly fetched: number;
}

interface DayDeps {
  readonly db: Storage['db'];
  readonly run: RunBare;
  readonly canned: CannedSs12000;
  readonly source: AttendanceSource;
}

/** Every way of it in turn, so that what else the machine does hits all alike. */
async function oneDay(
  deps: DayDeps,
  stored: Temporal.PlainDate,
  fetched: Temporal.PlainDate,
): Promise<DayTimes> {
  const { run, canned, source } = deps;
  const given = schoolDay(stored);
  const changed = schoolDay(stored, true);
  const rows = bareRows(stored.toString(), given);
  return {
    bare: await timed(() => insertBare(run, rows)),
    first: await timed(async () => written(ROWS, await importDay(deps, SCHOOL, stored, given))),
    again: await timed(async () => written(0, await importDay(deps, SCHOOL, stored, given))),
    changed: await timed(async () =>
      written(ROWS / CHANGED_EVERY, await importDay(deps, SCHOOL, stored, changed)),
    ),
    bareFetched: await timed(async () =>
      insertBare(run, await fetchBareRows(canned.url, fetched.toString())),
    ),
    fetched: await timed(async () =>
      written(ROWS, await importDay(deps, SCHOOL, fetched, await source.readDay(SCHOOL, fetched))),
    ),
  };
}

/** A benchmark of an import that did something else would say nothing. */
function written(expected: number, { parts, partsWritten }: DayImport): void {
  if (parts === ROWS && partsWritten === expected) return;
  throw new Error(`Of ${parts} rows ${partsWritten} were written and not ${expected}`);
}

function sourceAt(url: string): AttendanceSource {
  const source = { id: 'canned', kind: 'ss12000', url, gives: ['lessons', 'notices'] };
  const [config] = municipalityFile.shape.sources.parse([source]);
  if (config === undefined) throw new Error('The source is not configured');
  const { attendance } = ss12000Source({
    config,
    schools: [{ id: SCHOOL, organisation: ORGANISATION }],
    timeZone: 'Europe/Stockholm',
    clock: systemClock,
    wireClock: systemClock,
    credentials: undefined,
  });
  if (attendance === undefined) throw new Error('The source gives no attendance');
  return attendance;
}

function rowsOf({ name }: Engine, times: readonly DayTimes[]): readonly BenchRow[] {
  const row = (what: string, own: keyof DayTimes, bare: keyof DayTimes, isAimed: boolean): BenchRow => {
    const rate = perSecond(median(times.map((day) => day[own])));
    const isFast = rate >= LEAST_PER_SECOND;
    return {
      what: `${name}: ${what}`,
      measured: `${rate.toFixed(0)} rows/s`,
      reference: `${perSecond(median(times.map((day) => day[bare]))).toFixed(0)} rows/s`,
      ratio: median(times.map((day) => day[bare] / day[own])),
      ...(isAimed ? { aim: aim([`≥ ${LEAST_PER_SECOND} rows/s`, isFast]) } : {}),
    };
  };
  const isEmbedded = name === 'PGlite';
  return [
    row('first, over HTTP', 'fetched', 'bareFetched', isEmbedded),
    row('first, the database alone', 'first', 'bare', isEmbedded),
    row('again, unchanged', 'again', 'bare', isEmbedded),
    row('again, 5 % changed', 'changed', 'bare', isEmbedded),
  ];
}

function perSecond(ms: number): number {
  return (ROWS / ms) * 1_000;
}
