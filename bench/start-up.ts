import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { guid, TENANT } from '../test/support/small-school.ts';
import { aim, type Bench, type BenchOptions, type BenchRow } from './bench-row.ts';
import { compileSedd } from './compiled.ts';
import { type EmptyDatabase, type Engine, enginesOf } from './databases.ts';
import { median } from './measure.ts';
import { startBareBot, startServerProcess } from './process.ts';

const MOST_WARM_MS = 1_500;
const MOST_MEGABYTES = 350;
const COLD_STARTS = 3;
const WARM_STARTS = 5;
/** As `npm start` has it in a checkout. */
const FROM_SOURCES = ['--import', 'tsx/esm', fileURLToPath(new URL('../bot/main.ts', import.meta.url))];
/** What is made at the start and not used again is given back by then. */
const SETTLE_MS = 1_000;

/** What is started, as arguments of Node, and with which municipality. */
interface Installation {
  readonly from: readonly string[];
  readonly config: string;
}

interface Start {
  readonly ms: number;
  readonly megabytes: number;
}

/** From nothing to taking messages, as processes of their own; medians. */
export const startUp: Bench = {
  title: 'Start of the process to ready, and resident memory then, against the bare SDK on restify',
  run: async (options) => {
    const folder = await mkdtemp(join(tmpdir(), 'sedd-bench-config-'));
    try {
      options.say('compiling');
      const from = [await compileSedd()];
      return await measure(options, { from, config: await writeConfiguration(folder) });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function measure(options: BenchOptions, sedd: Installation): Promise<readonly BenchRow[]> {
  options.say('starts of the bare SDK');
  const bare = await severalTimes(WARM_STARTS, startBare);
  const rows: BenchRow[] = [];
  for (const engine of enginesOf(options)) {
    options.say(`starts of Sedd on ${engine.name}`);
    rows.push(...(await onEngine(engine, sedd, bare)));
  }
  return rows;
}

async function onEngine(engine: Engine, sedd: Installation, bare: Start): Promise<readonly BenchRow[]> {
  const cold: Start[] = [];
  let database = await engine.create();
  for (let times = 0; times < COLD_STARTS; times += 1) {
    await database.drop();
    database = await engine.create();
    cold.push(await startSedd(database, sedd));
  }
  const warm = await severalTimes(WARM_STARTS, () => startSedd(database, sedd));
  const uncompiled = await severalTimes(COLD_STARTS, () =>
    startSedd(database, { ...sedd, from: FROM_SOURCES }),
  );
  await database.drop();
  return [
    rowOf(`${engine.name}: empty database`, medianOf(cold), bare, false),
    rowOf(`${engine.name}: again`, warm, bare, engine.name === 'PGlite'),
    rowOf(`${engine.name}: again, from TypeScript`, uncompiled, bare, false),
  ];
}

function rowOf(what: string, own: Start, bare: Start, isAimed: boolean): BenchRow {
  const [time, memory] = [`< ${MOST_WARM_MS / 1_000} s`, `< ${MOST_MEGABYTES} MB`];
  const isMet = [own.ms < MOST_WARM_MS, own.megabytes < MOST_MEGABYTES] as const;
  return {
    what,
    measured: shown(own),
    reference: shown(bare),
    ratio: own.ms / bare.ms,
    ...(isAimed ? { aim: aim([time, isMet[0]], [memory, isMet[1]]) } : {}),
  };
}

function shown({ ms, megabytes }: Start): string {
  return `${(ms / 1_000).toFixed(2)} s, ${megabytes.toFixed(0)} MB`;
}

async function severalTimes(times: number, start: () => Promise<Start>): Promise<Start> {
  const starts: Start[] = [];
  for (let count = 0; count < times; count += 1) starts.push(await start());
  return medianOf(starts);
}

function medianOf(starts: readonly Start[]): Start {
  return {
    ms: median(starts.map(({ ms }) => ms)),
    megabytes: median(starts.map(({ megabytes }) => megabytes)),
  };
}

async function startBare(): Promise<Start> {
  const bot = await startBareBot();
  try {
    await settle();
    const response = await fetch(`${bot.url}/rss`);
    const { bytes } = (await response.json()) as { readonly bytes: number };
    return { ms: bot.startedMs, megabytes: bytes / 1e6 };
  } finally {
    await bot.stop();
  }
}

async function startSedd({ options }: EmptyDatabase, { from, config }: Installation): Promise<Start> {
  const where =
    'url' in options ? { DATABASE_URL: options.url } : { DATABASE_URL: '', SEDD_DATA_DIR: options.dataDir };
  const port = String(await freePort());
  const env = { ...where, PORT: port, HOST: '127.0.0.1', SEDD_CONFIG: config, LOG_LEVEL: 'info' };
  const sedd = await startServerProcess([...from, 'serve'], env);
  try {
    await settle();
    const metrics = await (await fetch(`${sedd.url}/metrics`)).text();
    const bytes = Number(/^sedd_process_resident_memory_bytes (\S+)/m.exec(metrics)?.[1]);
    return { ms: sedd.startedMs, megabytes: bytes / 1e6 };
  } finally {
    await sedd.stop();
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}

async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
}

/** A municipality in which nothing falls due: a start is what is measured. */
async function writeConfiguration(folder: string): Promise<string> {
  const path = join(folder, 'municipality.yaml');
  const terms = [{ from: '2020-08-18', to: '2020-12-18' }];
  const file = {
    municipality: 'Storköping',
    teams: { tenants: [TENANT], serviceUrl: 'http://127.0.0.1:1/' },
    calendar: { schoolYear: '2020/2021', terms },
    times: {
      roster: '23:50',
      morning: '23:51',
      refresh: '23:52',
      followUpDue: '23:53',
      escalate: '23:54',
      makeUpUntil: '23:55',
      lastCheck: '23:56',
      dayClose: '23:57',
    },
    sources: [
      { id: 'none', kind: 'ss12000', url: 'http://127.0.0.1:1/', gives: ['roster', 'lessons', 'notices'] },
    ],
    schools: [{ id: 'norr', name: 'Norrskolan', organisation: guid(9, 1) }],
  };
  await writeFile(path, JSON.stringify(file));
  return path;
}
