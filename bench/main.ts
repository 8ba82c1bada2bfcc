/**
 * `npm run bench`: measures Sedd against yardsticks in the same run, on this machine alone, and prints one table of ratios.
 * `npm run bench -- <name> …` runs some of the benchmarks, `--full` the large sizes too. With SEDD_TEST_DATABASE_URL each is
 * measured on that PostgreSQL server as well as on PGlite. Absolute figures belong to the machine; the ratios travel.
 */
import { parseArgs } from 'node:util';
import type { Bench, BenchRow } from './bench-row.ts';
import { cards } from './cards.ts';
import { importBench } from './import-day.ts';
import { invoke } from './invoke.ts';
import { morningRun } from './morning-run.ts';
import { startUp } from './start-up.ts';
import { tableOf } from './table.ts';

const benches: Readonly<Record<string, Bench>> = {
  morning: morningRun,
  cards,
  import: importBench,
  start: startUp,
  invoke,
};

/** Whatever hangs is ended: nobody has to watch. */
const LONGEST_MS = 15 * 60_000;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { full: { type: 'boolean', default: false } },
});
const unknown = positionals.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  console.error(
    `There is no benchmark called ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}`,
  );
  process.exit(2);
}
setTimeout(() => {
  console.error('The benchmarks took too long and were ended');
  process.exit(1);
}, LONGEST_MS).unref();

const names = positionals.length === 0 ? Object.keys(benches) : positionals;
const groups: { title: string; rows: readonly BenchRow[] }[] = [];
const serverUrl = process.env.SEDD_TEST_DATABASE_URL;
if (serverUrl === undefined) console.error('Without SEDD_TEST_DATABASE_URL PostgreSQL is skipped');
for (const name of names) {
  const bench = benches[name];
  if (bench === undefined) continue;
  const say = (line: string) => console.error(`${name}: ${line}`);
  groups.push({ title: bench.title, rows: await bench.run({ isFull: values.full, serverUrl, say }) });
}
console.log(tableOf(groups));
