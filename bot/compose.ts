import { dayAt, systemClock } from '../services/clock.ts';
import type { Municipality } from '../services/config/municipality.ts';
import { digestNaming, markDigestsStale } from '../services/digest/digest-posts.ts';
import { followSettledDay } from '../services/digest/settled-day.ts';
import { markEhtNaming } from '../services/eht/eht-posts.ts';
import { followUpNaming } from '../services/follow-up/follow-up-posts.ts';
import { createWhoIsAway } from '../services/follow-up/who-is-away.ts';
import { type JobPayloads, type Jobs, startJobs } from '../services/jobs/jobs.ts';
import { followPeople } from '../services/morning/follow-people.ts';
import type { PeopleListener, PeopleNews } from '../services/people/protect-pupils.ts';
import { roleAddresses } from '../services/people/rights.ts';
import { recallAnswers } from '../services/posts/answers.ts';
import { syncBindings } from '../services/posts/conversations.ts';
import { readDeliveryStatus } from '../services/posts/delivery-status.ts';
import { endEveryHold } from '../services/posts/hold-post.ts';
import { markNaming } from '../services/posts/post-store.ts';
import { readStepOwners } from '../services/routine/step-owners.ts';
import { tick } from '../services/schedule/tick.ts';
import { giveUpRun, workRun } from '../services/schedule/work-run.ts';
import type { Db } from '../services/storage/database.ts';
import { atOnce, takingTurns } from '../services/storage/taking-turns.ts';
import { startUpkeep } from '../services/storage/upkeep.ts';
import type { BotHandlers } from './attendance-bot.ts';
import { createHandlers } from './bot-handlers.ts';
import { type Connector, createConnector } from './connector.ts';
import { createDelivery, type Deliver } from './delivery.ts';
import { everyMinute, type Ticking } from './every-minute.ts';
import { createHealth } from './health.ts';
import { type EndpointDeps, receiveActivity } from './messages-endpoint.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { type Parts, timing } from './parts.ts';
import { followProtected, routineRuns } from './routine-runs.ts';
import { createRunning, type Running } from './running.ts';
import { type RunDeps, runJob } from './runs.ts';
import { startServer } from './server.ts';
import { spacedConnector } from './spaced-connector.ts';
import { readStatus } from './status-report.ts';
import { createTeamsChat } from './teams-chat.ts';
import { wait } from './wait.ts';

/** Schools whose data are read at the same time. */
const RUNS_AT_ONCE = 4;

export interface Sedd {
  readonly url: string;
  readonly jobs: Jobs;
  /** What the scheduled jobs are done with; the command line uses it for one at a time. */
  readonly runs: RunDeps;
  /** Does what falls due at the clock's time. */
  tick(): Promise<void>;
  /** Brings every card up to date that can be, and resolves when that is done. */
  delivered(): Promise<void>;
  /** Takes no more work, sees what is under way to its end, and closes everything. */
  stop(): Promise<void>;
}

/**
 * Puts Sedd together from its parts, which have been opened before (`commands/open.ts`), and starts it; where something does
 * not start, nothing is left running.
 */
export async function startSedd(parts: Parts): Promise<Sedd> {
  const running = createRunning();
  running.add(() => parts.storage.close());
  try {
    return await start(parts, running);
  } catch (error) {
    // Whoever started it is told why it does not start; what else did not go well is in the log alone.
    await running.end().catch((err: unknown) => {
      parts.log.warn({ err }, 'What had been started did not end as it should when the start failed');
    });
    throw error;
  }
}

async function start(parts: Parts, running: Running): Promise<Sedd> {
  const { municipality, storage, log, clock } = parts;
  const { db } = storage;
  await syncBindings(db, municipality);
  running.add(startUpkeep({ storage, log }));
  const jobs = await startJobs({ storage, log, timeZone: municipality.timeZone });
  running.add(() => jobs.stop());
  const metrics = createMetrics({ waiting: async () => (await readDeliveryStatus(db)).waiting });
  const connector = metrics.counted(connectorOf(parts));
  const schools = new Map(municipality.schools.map((school) => [school.id, school]));
  const chat = createTeamsChat({ connector, botId: parts.identity.botId });
  const runs = runsOf(parts, jobs, { schools, chat });
  const whoIsAway = awayBy(parts);
  const routines = parts.routines ?? [];
  const ticking: Ticking = { ...runs, municipality, routines, whoIsAway, onReminded: markDigestsStale };
  const deliver = createDelivery(parts, jobs, chat, runs);
  await workQueues(jobs, db, { runs, ticking, deliver });
  const endpoint = endpointOf(parts, {
    connector,
    metrics,
    handlers: createHandlers(parts, jobs, schools, { chat, connector, whoIsAway }),
  });
  const server = await startServer({
    ...parts.settings,
    log,
    receive: (body, authorization) => receiveActivity(endpoint, body, authorization),
    ready: createHealth({ db, identity: parts.identity, clock, log }),
    metrics: metrics.text,
    status: () => readStatus(db),
    onHook: async () => void (await tick(ticking, { hasNews: true })),
  });
  running.add(() => server.close());
  return {
    url: server.url,
    jobs,
    runs,
    tick: async () => void (await everyMinute(ticking)),
    delivered: () => deliver(new AbortController().signal),
    stop: () => running.end(),
  };
}

/** What scheduled jobs work with. */
function runsOf(parts: Parts, jobs: Jobs, made: Pick<RunDeps, 'schools' | 'chat'>): RunDeps {
  const { municipality, storage, log, clock, routines = [], rosters, attendance } = parts;
  return {
    ...made,
    db: storage.db,
    jobs,
    log,
    clock,
    eht: { municipality, routines },
    routine: routineRuns(parts, jobs),
    rosters,
    attendance,
    tenants: municipality.teams.tenants,
    wireClock: systemClock,
    roleAddresses: (schoolId) => {
      const school = made.schools.get(schoolId);
      return school === undefined ? [] : roleAddresses(municipality, school);
    },
    stepOwners: (schoolId) => readStepOwners(storage.db, schoolId),
    onPeople: peopleListener(parts, jobs),
    onSettled: followSettledDay,
    inTurn: storage.engine === 'embedded' ? takingTurns() : atOnce,
  };
}

function awayBy({ storage: { db }, directory, log }: Parts): Ticking['whoIsAway'] {
  return directory === undefined ? async () => new Set() : createWhoIsAway({ db, directory, log });
}

/** Cards that show pupils follow what is read of them, in the same transaction. */
function peopleListener({ municipality, clock }: Parts, jobs: Jobs): PeopleListener {
  return async (trx, news) => {
    const today = dayAt(clock.now(), municipality);
    const isShown = await followPeople(trx, news, today);
    const isNamed = await followNames(trx, news, today);
    if (isShown || isNamed) await jobs.enqueue(trx, 'deliver', {});
  };
}

/** Of whatever day, what names a pupil who is protected from now on names them no more. False where there is none. */
async function followNames(
  trx: Db,
  news: PeopleNews,
  today: Parameters<typeof markNaming>[1],
): Promise<boolean> {
  const ids = news.protectedIds;
  if (ids.length === 0) return false;
  const isToldOf = await markNaming(trx, today, [...followUpNaming(ids), ...digestNaming(ids)]);
  const isInRoutine = await followProtected(trx, news);
  const isEht = await markEhtNaming(trx, ids);
  const isAnswered = await recallAnswers(trx, ids, systemClock.now());
  await endEveryHold(trx);
  return isToldOf || isInRoutine || isEht || isAnswered;
}

function endpointOf(
  { identity, municipality, log }: Parts,
  made: { readonly connector: Connector; readonly metrics: Metrics; readonly handlers: BotHandlers },
): EndpointDeps {
  const { connector, metrics, handlers } = made;
  return {
    identity,
    tenants: new Set(municipality.teams.tenants),
    serviceHosts: serviceHostsOf(municipality),
    connector,
    log,
    handlers,
    onTurn: metrics.turn,
  };
}

function connectorOf({ identity, municipality, settings }: Parts): Connector {
  const connector = createConnector({
    token: identity.token,
    allowedHosts: serviceHostsOf(municipality),
    timeoutMs: settings.timeoutMs ?? timing.timeoutMs,
  });
  return spacedConnector(connector, { clock: systemClock, delay: wait });
}

function serviceHostsOf({ teams: { serviceUrl, serviceHosts } }: Municipality): ReadonlySet<string> {
  return new Set([new URL(serviceUrl).host, ...serviceHosts]);
}

async function workQueues(
  jobs: Jobs,
  db: Db,
  work: { readonly runs: RunDeps; readonly ticking: Ticking; readonly deliver: Deliver },
): Promise<void> {
  await jobs.work('deliver', (_data, signal) => work.deliver(signal));
  const run = (payload: JobPayloads['run']) => workRun(work.runs, payload, () => runJob(work.runs, payload));
  await jobs.work('run', run, { atOnce: RUNS_AT_ONCE });
  await jobs.work('runGivenUp', (payload) => giveUpRun(work.runs, payload));
  await jobs.work('tick', async () => void (await everyMinute(work.ticking)));
  // What was stale when the last process ended is delivered now.
  await jobs.enqueue(db, 'deliver', {});
}
