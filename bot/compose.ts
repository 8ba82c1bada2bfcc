import { setTimeout as delay } from 'node:timers/promises';
import type { AttendanceSource } from '../services/attendance/attendance-source.ts';
import { type Clock, systemClock } from '../services/clock.ts';
import type { Environment } from '../services/config/environment.ts';
import type { Municipality } from '../services/config/municipality.ts';
import { type Jobs, startJobs } from '../services/jobs/jobs.ts';
import type { Log } from '../services/log.ts';
import { markMorningStale, onMorningDelivery, SCHOOL_MORNING } from '../services/morning/morning-posts.ts';
import type { RosterSource } from '../services/people/roster-source.ts';
import { syncBindings } from '../services/posts/conversations.ts';
import { deliverStale } from '../services/posts/deliver.ts';
import { readDeliveryStatus } from '../services/posts/delivery-status.ts';
import { createPacing } from '../services/posts/pacing.ts';
import { type TickDeps, tick } from '../services/schedule/tick.ts';
import type { Storage } from '../services/storage/database.ts';
import { startUpkeep } from '../services/storage/upkeep.ts';
import { answerMessage } from './commands.ts';
import { type Connector, createConnector } from './connector.ts';
import { farewell, welcome } from './handlers/installations.ts';
import { type HandlerDeps, wordsOf } from './handlers/press-context.ts';
import { readHealth } from './health.ts';
import type { Identity } from './identity.ts';
import { receiveActivity } from './messages-endpoint.ts';
import { createMetrics } from './metrics.ts';
import { createComposer } from './posts.ts';
import { type RunDeps, runJob } from './runs.ts';
import { type Server, startServer } from './server.ts';
import { createTeamsChat } from './teams-chat.ts';
import { answerPress } from './verbs.ts';

/** Everything that Sedd is made of and does not make itself. */
export interface Parts {
  readonly municipality: Municipality;
  readonly storage: Storage;
  readonly rosters: readonly RosterSource[];
  readonly attendance: readonly AttendanceSource[];
  readonly identity: Identity;
  /** The school's clock; the demo's runs fast. */
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Pick<Environment, 'host' | 'port' | 'metricsToken' | 'hookSecret'> & Partial<Timing>;
}

/** Times of the wire, for tests that cannot wait. */
export interface Timing {
  readonly timeoutMs: number;
  readonly graceSeconds: number;
}

const timing: Timing = { timeoutMs: 15_000, graceSeconds: 30 };
/** Enough to keep Teams' pace when each call takes a second. */
const MOST_IN_FLIGHT = 64;
/** Schools whose data are read at the same time. */
const RUNS_AT_ONCE = 4;

export interface Sedd {
  readonly url: string;
  readonly jobs: Jobs;
  /** What the scheduled jobs are done with; the command line uses it for one at a time. */
  readonly runs: RunDeps;
  /** Does what falls due at the clock's time. */
  tick(): Promise<void>;
  /** Takes no more work, sees what is under way to its end, and closes everything. */
  stop(): Promise<void>;
}

/** Puts Sedd together and starts it. This is the one place where adapters are made. */
export async function startSedd(parts: Parts): Promise<Sedd> {
  const { municipality, storage, log, clock } = parts;
  const { db } = storage;
  const schools = new Map(municipality.schools.map((school) => [school.id, school]));
  await syncBindings(db, municipality);
  const jobs = await startJobs({ storage, log, timeZone: municipality.timeZone });
  const metrics = createMetrics({ waiting: async () => (await readDeliveryStatus(db)).waiting });
  const connector = metrics.counted(connectorOf(parts));
  const runs: RunDeps = {
    db,
    jobs,
    log,
    clock,
    schools,
    rosters: parts.rosters,
    attendance: parts.attendance,
  };
  const ticking: TickDeps = { db, jobs, municipality, clock, log };
  const handlers: HandlerDeps = {
    db,
    jobs,
    clock,
    wireClock: systemClock,
    municipality,
    schools,
    onChange: (trx, followUp) => markMorningStale(trx, followUp, { isUrgent: true }),
  };
  await workQueues(parts, jobs, connector, runs, ticking);
  const server = await startServer({
    ...parts.settings,
    log,
    receive: (body, authorization) =>
      receiveActivity(
        {
          identity: parts.identity,
          tenants: new Set(municipality.teams.tenants),
          connector,
          log,
          onTurn: metrics.turn,
          handlers: {
            press: (press) => answerPress(handlers, press),
            message: (message) => answerMessage(handlers, message),
            installed: (installation) => welcome(handlers, installation),
            removed: (installation) => farewell(handlers, installation),
            sorry: (code) => wordsOf(municipality).t('reply.somethingWentWrong', { code }),
          },
        },
        body,
        authorization,
      ),
    ready: () => readHealth({ db, identity: parts.identity, clock }),
    metrics: metrics.text,
    onHook: async () => void (await tick(ticking)),
  });
  const stopUpkeep = startUpkeep({ storage, log });
  return {
    url: server.url,
    jobs,
    runs,
    tick: async () => void (await tick(ticking)),
    stop: () => stop(server, jobs, stopUpkeep, storage),
  };
}

function connectorOf({ identity, municipality, settings }: Parts): Connector {
  const { serviceUrl, serviceHosts } = municipality.teams;
  return createConnector({
    token: identity.token,
    allowedHosts: new Set([new URL(serviceUrl).host, ...serviceHosts]),
    timeoutMs: settings.timeoutMs ?? timing.timeoutMs,
  });
}

async function workQueues(
  parts: Parts,
  jobs: Jobs,
  connector: Connector,
  runs: RunDeps,
  ticking: TickDeps,
): Promise<void> {
  const { storage, log, settings } = parts;
  const { db } = storage;
  const delivering = {
    db,
    jobs,
    log,
    clock: systemClock,
    chat: createTeamsChat({ connector, botId: parts.identity.botId }),
    compose: createComposer({ db, schools: runs.schools }),
    onDelivery: onMorningDelivery,
    pacing: createPacing(),
    delay: wait,
    graceSeconds: settings.graceSeconds ?? timing.graceSeconds,
    mostInFlight: MOST_IN_FLIGHT,
    lastPurposes: [SCHOOL_MORNING],
  };
  await jobs.work('deliver', (_data, signal) => deliverStale(delivering, signal));
  await jobs.work('run', (payload) => runJob(runs, payload), { atOnce: RUNS_AT_ONCE });
  await jobs.work('tick', async () => void (await tick(ticking)));
  // What was stale when the last process ended is delivered now.
  await jobs.enqueue(db, 'deliver', {});
}

async function wait(ms: number, signal?: AbortSignal): Promise<void> {
  // Being told to stop is no error here: whoever waits looks at the signal next.
  await delay(ms, undefined, signal === undefined ? {} : { signal }).catch(() => {});
}

async function stop(
  server: Server,
  jobs: Jobs,
  stopUpkeep: () => Promise<void>,
  storage: Storage,
): Promise<void> {
  await server.close();
  await jobs.stop();
  await stopUpkeep();
  await storage.close();
}
