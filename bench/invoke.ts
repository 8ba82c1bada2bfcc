import { type Aim, aim, type Bench, type BenchOptions, type BenchRow } from './bench-row.ts';
import type { Button } from './connector-process.ts';
import { type Engine, enginesOf } from './databases.ts';
import type { Size } from './large-municipality.ts';
import { type Load, type LoadResult, underLoad } from './load.ts';
import { onPressedMorning, type PressedMorning } from './pressed-morning.ts';
import { asked, askedThenContacted } from './presses.ts';
import { type ServerProcess, startBareBot } from './process.ts';
import { atRate } from './steady.ts';

const LEAST_RATIO = 0.5;
const STEADY_PER_SECOND = 200;
const MOST_P99_MS = 100;
/** Eight pupils to contact in each group, each asked about and contacted once. */
const size: Size = { schools: 8, groups: 30, pupils: 25, missing: 8 };
/** Pupils whose presses come one after the other, and those whose come so many a second; those of the rest come together. */
const ONE_BY_ONE = 240;
const STEADY = 640;
const TOGETHER = 16;
const REPEATED_SECONDS = 5;

/** "Kontaktad" and then "Telefon", each from the HTTP request with its token to the new card, against an echo of the SDK's own. */
export const invoke: Bench = {
  title:
    'Presses that ask and then record contact, through HTTP, token and all, against an echo by the bare SDK on restify',
  run: async (options) => {
    const rows: BenchRow[] = [];
    for (const engine of enginesOf(options)) rows.push(...(await onEngine(engine, options)));
    return rows;
  },
};

async function onEngine(engine: Engine, { say }: BenchOptions): Promise<readonly BenchRow[]> {
  say(`presses on ${engine.name}`);
  return await onPressedMorning(engine, size, async (morning) => {
    const bare = await startBareBot({ BENCH_OPENID_METADATA: morning.issuer.metadataUrl });
    try {
      return await press(engine, morning, bare);
    } finally {
      await bare.stop();
    }
  });
}

async function press(
  engine: Engine,
  { url, serviceUrl, issuer, sedd, buttons }: PressedMorning,
  bare: ServerProcess,
): Promise<readonly BenchRow[]> {
  const { firsts, alone, steady, together } = inTurns(buttons, serviceUrl);
  const to = { own: url, bare: bare.url, authorization: issuer.bearer() };
  const pairOf = (load: Pick<Load, 'bodies' | 'atOnce' | 'until'>) => pairUnderLoad(load, to);
  const first = await pairOf({ bodies: firsts, atOnce: TOGETHER, until: 'once' });
  const second = await pairOf({ bodies: alone, atOnce: 1, until: 'once' });
  const third = await pairAtRate(steady, to);
  const fourth = await pairOf({ bodies: together, atOnce: TOGETHER, until: 'once' });
  const contacted = await sedd.ask<number>('contacted');
  if (contacted !== buttons.length)
    throw new Error(`Of ${buttons.length} presses ${contacted} did something`);
  const again = await pairOf({ bodies: together, atOnce: TOGETHER, until: { seconds: REPEATED_SECONDS } });
  return [
    rowOf(`${engine.name}: a person’s first, Teams is asked who it is`, first),
    rowOf(`${engine.name}: the next, one at a time`, second, atLeast),
    rowOf(`${engine.name}: the next, ${STEADY_PER_SECOND} a second`, third, soonEnough),
    rowOf(`${engine.name}: the next, ${TOGETHER} at once`, fourth, atLeast),
    rowOf(`${engine.name}: pressed again, ${TOGETHER} at once`, again, atLeast),
  ];
}

/** The first press in each channel; then every pupil's presses, a part of them in each way. */
function inTurns(buttons: readonly Button[], serviceUrl: string) {
  const bodies = (from: number, to?: number) =>
    askedThenContacted(buttons.slice(from, to), serviceUrl, TOGETHER);
  return {
    firsts: buttons.slice(0, size.schools * size.groups).map((button) => asked(button, serviceUrl)),
    alone: bodies(0, ONE_BY_ONE),
    steady: bodies(ONE_BY_ONE, ONE_BY_ONE + STEADY),
    together: bodies(ONE_BY_ONE + STEADY),
  };
}

interface Pair {
  readonly own: LoadResult;
  readonly bare: LoadResult;
}

interface Servers {
  readonly own: string;
  readonly bare: string;
  readonly authorization: string;
}

async function pairUnderLoad(
  load: Pick<Load, 'bodies' | 'atOnce' | 'until'>,
  { own, bare, authorization }: Servers,
): Promise<Pair> {
  const reference = await underLoad({ ...load, authorization, url: bare });
  return { own: await underLoad({ ...load, authorization, url: own }), bare: reference };
}

async function pairAtRate(bodies: readonly string[], { own, bare, authorization }: Servers): Promise<Pair> {
  const load = { bodies, authorization, perSecond: STEADY_PER_SECOND };
  const reference = await atRate({ ...load, url: bare });
  return { own: await atRate({ ...load, url: own }), bare: reference };
}

const atLeast = ({ own, bare }: Pair) =>
  aim([`≥ ${LEAST_RATIO} of the bare`, own.perSecond >= LEAST_RATIO * bare.perSecond]);
const soonEnough = ({ own }: Pair) => aim([`p99 < ${MOST_P99_MS} ms`, own.p99 < MOST_P99_MS]);

function rowOf(what: string, pair: Pair, aimOf?: (pair: Pair) => Aim): BenchRow {
  const { own, bare } = pair;
  return {
    what,
    measured: shown(own),
    reference: shown(bare),
    ratio: own.perSecond / bare.perSecond,
    ...(aimOf === undefined ? {} : { aim: aimOf(pair) }),
  };
}

function shown({ perSecond, p50, p99 }: LoadResult): string {
  return `${perSecond.toFixed(0)}/s, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;
}
