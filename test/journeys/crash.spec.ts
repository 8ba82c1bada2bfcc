import assert from 'node:assert/strict';
import { join } from 'node:path';
import pg from 'pg';
import { type Build, buildChild, copyFolder } from '../support/crash/build.ts';
import { Lane, type LaneDeps, type Tally } from '../support/crash/lane.ts';
import { startLife } from '../support/crash/life.ts';
import { seededRandom } from '../support/crash/plan.ts';
import { at, schoolDays } from '../support/crash/school.ts';
import { createServerDatabase, engines } from '../support/databases.ts';
import { startLoopbackConnector } from '../support/loopback-connector.ts';

/** `SEDD_KILLS`: how often a process is killed; `SEDD_SEED`: makes the choices of an earlier run again. */
const kills = Number(process.env.SEDD_KILLS ?? 12);
const seed = Number(process.env.SEDD_SEED ?? Date.now() % 1_000_000);
const hasServer = engines().some(({ name }) => name === 'PostgreSQL');
/** Processes at work at the same time: a killed one's successor has to wait for what is in doubt. */
const LANES = Math.min(4, Math.ceil(kills / 8));
const SERVER_SHARE = hasServer ? 0.25 : 0;

describe('a process that is killed', () => {
  let build: Build;
  before(async function compile() {
    this.timeout(60_000);
    build = await buildChild();
  });
  after(() => build.remove());

  it(`loses no card and sends none twice without need: ${kills} kills, SEDD_SEED=${seed}`, async function live() {
    this.timeout(60_000 + kills * 15_000);
    const start = performance.now();
    const onServer = Math.round(kills * SERVER_SHARE);

    const lanes = await Promise.allSettled([
      ...(await embeddedLanes(kills - onServer)).map(runLane),
      ...(onServer === 0 ? [] : [serverLane(onServer)]),
    ]);

    const tally = lanes.map(tallyOf).reduce(sum);
    const seconds = Math.round((performance.now() - start) / 1_000);
    console.log(`      ${JSON.stringify({ ...tally, seconds })}`);
    assert.ok(tally.kills >= kills, `${tally.kills} kills`);
  });

  type Shared = Omit<LaneDeps, 'connector'>;

  async function runLane(deps: Shared): Promise<Tally> {
    const connector = await startLoopbackConnector();
    try {
      return await new Lane({ ...deps, connector }).run();
    } finally {
      await connector.close();
    }
  }

  /** Lanes with the database in the process: each begins with a copy of the same folder, and they share the kills. */
  async function embeddedLanes(share: number): Promise<readonly Shared[]> {
    const kills = { left: share };
    const template = join(build.folder, 'template');
    await prepare(template);
    const lanes: Shared[] = [];
    for (let lane = 0; lane < LANES; lane += 1) {
      const dataDir = await copyFolder(template, join(build.folder, `lane-${lane}`));
      const random = seededRandom(seed + lane);
      lanes.push({ script: build.script, storage: { dataDir }, random, kills, afterKill: async () => {} });
    }
    return lanes;
  }

  async function prepare(dataDir: string): Promise<void> {
    const time = at(schoolDays[0] ?? '', '00:01').toString();
    const setup = { storage: { dataDir }, serviceUrl: 'http://127.0.0.1:1/', at: time };
    const life = startLife(build.script, setup);
    await life.up;
    life.terminate();
    assert.equal(await life.gone, 0);
  }

  async function serverLane(share: number): Promise<Tally> {
    const database = await createServerDatabase();
    try {
      return await runLane({
        script: build.script,
        storage: { url: database.url },
        random: seededRandom(seed + LANES),
        kills: { left: share },
        afterKill: () => releaseJobs(database.url),
      });
    } finally {
      await database.drop();
    }
  }
});

/** What the job engine does itself half a minute after a process has died: its jobs are for others to do. */
async function releaseJobs(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`
    delete from pgboss.job where state = 'active' and name <> 'run';
    update pgboss.job set state = 'retry', start_after = now() where state = 'active'`);
  await client.end();
}

function tallyOf(lane: PromiseSettledResult<Tally>): Tally {
  if (lane.status === 'rejected') throw lane.reason;
  return lane.value;
}

function sum(a: Tally, b: Tally): Tally {
  return {
    days: a.days + b.days,
    kills: a.kills + b.kills,
    drained: a.drained + b.drained,
    copies: a.copies + b.copies,
    adopted: a.adopted + b.adopted,
    healed: a.healed + b.healed,
  };
}
