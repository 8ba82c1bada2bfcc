/**
 * `npm run bench`: measures Sedd against yardsticks in the same run, on this machine alone, and prints one table of ratios.
 * `npm run bench -- <name> …` runs some of the benchmarks (morning, cards, import, routine, start, invoke, copies,
 * rungs), `--full` the large sizes
 * too. With SEDD_TEST_DATABASE_URL each is measured on that PostgreSQL server as well as on PGlite. Absolute figures belong
 * to the machine; the ratios travel. Whatever else the machine does shows: the load before and after is told.
 */
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { Bench, BenchRow } from './bench-row.ts';
import { cards } from './cards.ts';
import { copies } from './copies.ts';
import { importBench } from './import-day.ts';
import { invoke } from './invoke.ts';
import { morningRun } from './morning-run.ts';
import { routineDay } from './routine-day.ts';
import { rungs } from './rungs.ts';
import { startUp } from './start-up.ts';
import { tableOf } from './table.ts';

const benches: Readonly<Record<string, Bench>> = {
  morning: morningRun,
  cards,
  import: importBench,
  routine: routineDay,
  start: startUp,
  invoke,
  copies,
  rungs,
};

/** Whatever hangs is ended: nobody has to watch. */
const LONGEST_MS = 20 * 60_000;

// Leaving by `exit` takes the processes along that were started here.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

try {
  await main();
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { full: { type: 'boolean', default: false } },
  });
  const names = positionals.length === 0 ? Object.keys(benches) : positionals;
  const unknown = names.filter((name) => !Object.hasOwn(benches, name));
  if (unknown.length > 0)
    throw new Error(`There is no benchmark ${unknown.join(', ')}, only ${Object.keys(benches).join(', ')}`);
  setTimeout(() => giveUp(), LONGEST_MS).unref();
  const before = loadavg();
  console.log(tableOf(await runAll(names, values.full)));
  console.log(machine(before, loadavg()));
}

async function runAll(names: readonly string[], isFull: boolean) {
  const serverUrl = process.env.SEDD_TEST_DATABASE_URL;
  if (serverUrl === undefined)
    console.error('PostgreSQL is skipped: SEDD_TEST_DATABASE_URL names no server for it');
  const groups: { title: string; rows: readonly BenchRow[] }[] = [];
  for (const name of names) {
    const bench = benches[name];
    if (bench === undefined) continue;
    const say = (line: string) => console.error(`${name}: ${line}`);
    groups.push({ title: bench.title, rows: await bench.run({ isFull, serverUrl, say }) });
  }
  return groups;
}

/** A load above the number of processors means that something else ran too. */
function machine([before = 0]: readonly number[], [after = 0]: readonly number[]): string {
  const load = `load ${before.toFixed(1)} before and ${after.toFixed(1)} after`;
  return `Node ${process.version}, ${availableParallelism()} processors, ${load}`;
}

function giveUp(): never {
  console.error('The benchmarks took too long and were ended');
  process.exit(1);
}
