import { fromKysely, fromPglite, PgBoss } from 'pg-boss';
import { SeddError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Db, Storage } from '../storage/database.ts';
import { releaseOrphans } from './orphans.ts';
import { DELIVER_LATER, type JobPayloads, type QueueName, queues } from './queues.ts';
import { ring, ringLater } from './ring.ts';
import { type JobHandler, polling, work } from './worker.ts';

export type { JobPayloads } from './queues.ts';
export type { JobHandler } from './worker.ts';

/** The job engine as Sedd uses it. A job is done at least once, so every handler may be repeated. */
export interface Jobs {
  /**
   * Adds a job in the transaction `db`: with its commit it is there, with its rollback it is not. For `deliver`, at most
   * one waits beside the one that runs; with `afterSeconds` the latest ring is the one that counts.
   */
  enqueue<Q extends QueueName>(
    db: Db,
    queue: Q,
    data: JobPayloads[Q],
    options?: { readonly afterSeconds?: number },
  ): Promise<void>;
  /** Works a queue, `atOnce` jobs at a time. What a handler throws is logged, and the job is tried again later. */
  work<Q extends QueueName>(
    queue: Q,
    handler: JobHandler<Q>,
    options?: { readonly atOnce?: number },
  ): Promise<void>;
  /** Lets one replica get a `tick` every minute. */
  everyMinute(queue: 'tick'): Promise<void>;
  /** Takes no new jobs, tells the running ones to come to an end, and waits for them. */
  stop(): Promise<void>;
}

/** How long a stop waits for running jobs; longer than any call to Teams or to a source. */
const LONGEST_STOP_MS = 45_000;
/** How often the engine looks for jobs whose owner is gone, and for a minute that has passed. */
const LOOK_SECONDS = 15;

export interface JobsDeps {
  readonly storage: Storage;
  readonly log: Log;
  readonly timeZone: string;
  /** For tests that cannot wait. */
  readonly lookSeconds?: number;
}

/** Starts the job engine over the storage, and takes up what a killed process left. */
export async function startJobs(deps: JobsDeps): Promise<Jobs> {
  const { storage, log } = deps;
  const boss = createBoss(storage, deps.lookSeconds ?? LOOK_SECONDS);
  boss.on('error', (error) => {
    log.error({ err: error }, 'The job engine met an error; if it goes on, look at the database');
  });
  await boss.start();
  await declareQueues(boss);
  await releaseOrphans(boss, storage);
  const stopping = new AbortController();
  const worker = { boss, log, stopping: stopping.signal };
  await boss.work(DELIVER_LATER, polling, () => ring(boss, storage.db));
  return {
    enqueue: (db, queue, data, options) => enqueue(boss, db, queue, data, options?.afterSeconds),
    work: (queue, handler, options) => work(worker, queue, handler, options?.atOnce ?? 1),
    everyMinute: (queue) => boss.schedule(queue, '* * * * *', {}, { tz: deps.timeZone }),
    stop: async () => {
      // Only then are the running jobs told: a worker whose job ends at once would fetch the next.
      await Promise.all(queues.map(({ name }) => boss.offWork(name, { wait: false })));
      stopping.abort();
      await boss.stop({ graceful: true, timeout: LONGEST_STOP_MS, close: true });
    },
  };
}

function createBoss({ raw }: Storage, lookSeconds: number): PgBoss {
  const common = {
    useListenNotify: true,
    superviseIntervalSeconds: lookSeconds,
    monitorIntervalSeconds: lookSeconds,
    cronMonitorIntervalSeconds: lookSeconds,
    cronWorkerIntervalSeconds: 2,
  };
  return 'pglite' in raw
    ? new PgBoss({ ...common, db: fromPglite(raw.pglite), backend: 'pglite' })
    : new PgBoss({ ...common, connectionString: raw.url, max: 5, application_name: 'sedd-jobs' });
}

/** Makes the queues, and brings those that an earlier version made to what they are now; a policy cannot be changed. */
async function declareQueues(boss: PgBoss): Promise<void> {
  const known = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]));
  for (const { name, policy = 'standard', ...options } of queues) {
    const found = known.get(name);
    if (found === undefined) await boss.createQueue(name, { ...options, policy });
    else if (!isAsDeclared(found, options)) await boss.updateQueue(name, options);
  }
}

function isAsDeclared(found: object, options: object): boolean {
  const now = new Map<string, unknown>(Object.entries(found));
  return Object.entries(options).every(([option, value]) => now.get(option) === value);
}

/** Always through the caller's connection: on PGlite anything else waits for the transaction that waits for it. */
async function enqueue(
  boss: PgBoss,
  db: Db,
  queue: QueueName,
  data: object,
  afterSeconds: number | undefined,
): Promise<void> {
  if (queue !== 'deliver') {
    if (afterSeconds !== undefined)
      throw new SeddError('jobs.noLater', `"${queue}" cannot be asked for later`, { queue });
    await boss.send(queue, data, { db: fromKysely(db.withoutPlugins()) });
    return;
  }
  await (afterSeconds === undefined ? ring(boss, db) : ringLater(boss, db, afterSeconds));
}
