import { type Sedd, startSedd } from '../bot/compose.ts';
import { demoIdentity } from '../bot/identity.ts';
import { wait } from '../bot/wait.ts';
import type { Clock } from '../services/clock.ts';
import { silentLog } from '../services/log.ts';
import { ensureRosters } from '../services/people/refresh-roster.ts';
import { type Db, openStorage } from '../services/storage/database.ts';
import { clockTime } from '../test/support/small-school.ts';
import { aim, type Bench, type BenchOptions, type BenchRow } from './bench-row.ts';
import { startChild } from './child.ts';
import type { Tally } from './connector-process.ts';
import { type Engine, enginesOf } from './databases.ts';
import { largeMunicipality, type Size } from './large-municipality.ts';
import { timed } from './measure.ts';

/** Teams' limit for an app in a tenant. */
const MOST_PER_SECOND = 50;
const MOST_TIMES_FLOOR = 1.1;
const MOST_REFUSED = 0.005;

const hundred: Size = { schools: 4, groups: 25, pupils: 25, missing: 3 };
const fifteenHundred: Size = { schools: 60, groups: 25, pupils: 25, missing: 3 };

/** The cards of a morning, against the time that Teams' limits allow at best. */
export const morningRun: Bench = {
  title: 'Morning: cards to channels, against the floor that Teams’ limits allow',
  run: async (options) => {
    const rows: BenchRow[] = [];
    const sizes = options.isFull ? [hundred, fifteenHundred] : [hundred];
    for (const size of sizes) {
      for (const engine of enginesOf(options)) rows.push(...(await oneMorning(engine, size, options)));
    }
    return rows;
  },
};

async function oneMorning(engine: Engine, size: Size, { say }: BenchOptions): Promise<readonly BenchRow[]> {
  const channels = size.schools * size.groups;
  say(`a morning of ${channels} channels on ${engine.name}`);
  const connector = startChild('./connector-process.ts');
  const database = await engine.create();
  try {
    const clock = { now: () => clockTime('05:30') };
    const sedd = await startEarly(await connector.ask<string>('start'), database.options, size, clock);
    try {
      const wanted = channels + size.schools;
      let tally: Tally | undefined;
      clock.now = () => clockTime('08:45');
      const wholeMs = await timed(async () => {
        await sedd.tick();
        tally = await connector.ask<Tally>('shown', wanted);
      });
      return tally === undefined ? [] : rowsOf(engine, channels, tally, wholeMs);
    } finally {
      await sedd.stop();
    }
  } finally {
    await connector.stop();
    await database.drop();
  }
}

/** Everything as it is before the morning: the rosters are read, and Teams has been asked who is in the channels. */
async function startEarly(
  serviceUrl: string,
  database: Parameters<typeof openStorage>[0],
  size: Size,
  clock: Clock,
): Promise<Sedd> {
  const { municipality, roster, attendance } = largeMunicipality(size, serviceUrl);
  const storage = await openStorage(database);
  const sedd = await startSedd({
    municipality,
    storage,
    rosters: [roster],
    attendance: [attendance],
    identity: demoIdentity(),
    clock,
    log: silentLog,
    settings: { host: '127.0.0.1', port: 0, metricsToken: undefined, hookSecret: undefined },
  });
  await ensureRosters(sedd.runs);
  await sedd.tick();
  while (await isAnythingUnderWay(storage.db)) await wait(200);
  return sedd;
}

async function isAnythingUnderWay(db: Db): Promise<boolean> {
  const run = await db.selectFrom('jobRun').select('job').where('state', '=', 'started').executeTakeFirst();
  return run !== undefined;
}

function rowsOf(engine: Engine, channels: number, tally: Tally, wholeMs: number): readonly BenchRow[] {
  const { spanMs, refused, calls, cardBytes, conversations } = tally;
  // The first window is empty, so that a second's worth may go at once.
  const floorMs = (Math.ceil(conversations / MOST_PER_SECOND) - 1) * 1_000;
  const ratio = spanMs / floorMs;
  const share = refused / calls;
  const isAimed = channels >= fifteenHundred.schools * fifteenHundred.groups;
  const pace = aim([`≤ ${MOST_TIMES_FLOOR} × floor`, ratio <= MOST_TIMES_FLOOR]);
  const refusals = aim([`≤ ${MOST_REFUSED * 100} %`, share <= MOST_REFUSED]);
  return [
    {
      what: `${channels} channels, ${engine.name}: first card to last`,
      measured: `${seconds(spanMs)}, ${(cardBytes / 1_000).toFixed(1)} KB a card`,
      reference: `${seconds(floorMs)} floor`,
      ratio,
      ...(isAimed ? { aim: pace } : {}),
    },
    {
      what: `${channels} channels, ${engine.name}: refused with 429`,
      measured: `${refused} of ${calls} calls, ${(share * 100).toFixed(2)} %`,
      ...(isAimed ? { aim: refusals } : {}),
    },
    {
      what: `${channels} channels, ${engine.name}: 08:45 to last card, data and all`,
      measured: seconds(wholeMs),
      reference: `${seconds(floorMs)} floor`,
      ratio: wholeMs / floorMs,
    },
  ];
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(2)} s`;
}
