import assert from 'node:assert/strict';
import { join } from 'node:path';
import pg from 'pg';
import { type Build, buildChild, copyFolder } from '../support/crash/build.ts';
import { Lane, type LaneDeps } from '../support/crash/lane.ts';
import { startLife } from '../support/crash/life.ts';
import { seededRandom } from '../support/crash/plan.ts';
import { at, schoolDays } from '../support/crash/school.ts';
import { sum, type Tally } from '../support/crash/tally.ts';
import { createServerDatabase, engines } from '../support/databases.ts';
import { startLoopbackConnector } from '../support/loopback-connector.ts';

/** `SEDD_KILLS`: how often a process is killed; `SEDD_SEED`: makes the choices of an earlier run again. */
const kills = Number(process.env.SEDD_KILLS ?? 12);
const seed = Number(process.env.SEDD_SEED ?? Date.now() % 1_000_000);
const hasServer = engines().some(({ name }) => name === 'PostgreSQL');
const onServer = hasServer ? Math.round(0.4 * kills) : 0;
/** Lanes at once: a killed process' successor spends most of its time waiting for what is in doubt. */
const EMBEDDED_LANES = lanesFor(kills - onServer, 4);
const SERVER_LANES = lanesFor(onServer, 3);

describe('a process that is killed', () => {
  let build: Build;
  before(async function compile() {
    this.timeout(120_000);
    build = await buildChild();
  });
  after(() => build.remove());

  it(`loses no card and sends none twice without need: ${kills} kills, SEDD_SEED=${seed}`, async function live() {
    this.timeout(120_000 + kills * 30_000);
    const start = performance.now();

    const lanes = await Promise.allSettled([...(await embeddedLanes()).map(runLane), ...serverLanes()]);

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

  /** Lanes with the database in the process: each begins with a copy of the same folder. */
  async function embeddedLanes(): Promise<readonly Shared[]> {
    const shared = { script: build.script, kills: { left: kills - onServer }, afterKill: async () => {} };
    const template = join(build.folder, 'template');
    await prepare(template);
    const lanes: Shared[] = [];
    for (let lane = 0; lane < EMBEDDED_LANES; lane += 1) {
      const dataDir = await copyFolder(template, join(build.folder, `lane-${lane}`));
      lanes.push({ ...shared, storage: { dataDir }, random: seededRandom(seed + lane) });
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

  function serverLanes(): readonly Promise<Tally>[] {
    const shared = { script: build.script, kills: { left: onServer } };
    return Array.from({ length: SERVER_LANES }, async (_, lane) => {
      const database = await createServerDatabase();
      const { url } = database;
      const random = seededRandom(seed + 100 + lane);
      try {
        return await runLane({ ...shared, random, storage: { url }, afterKill: () => releaseJobs(url) });
      } finally {
        await database.drop();
      }
    });
  }
});

function lanesFor(share: number, most: number): number {
  return Math.min(most, Math.ceil(share / 10));
}

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
