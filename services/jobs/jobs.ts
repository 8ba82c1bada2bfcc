import { fromKysely, fromPglite, PgBoss } from 'pg-boss';
import { SeddError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Db, Storage } from '../storage/database.ts';
import { releaseOrphans } from './orphans.ts';
import { DEAD_RUNS, DELIVER_LATER, type JobPayloads, type QueueName, queues } from './queues.ts';

export type { JobPayloads } from './queues.ts';

export type JobHandler<Q extends QueueName> = (data: JobPayloads[Q], signal: AbortSignal) => Promise<void>;

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
  /** Works a queue, `atOnce` jobs at a time; `signal` says that Sedd is stopping, or that the job is no longer ours. */
  work<Q extends QueueName>(
    queue: Q,
    handler: JobHandler<Q>,
    options?: { readonly atOnce?: number },
  ): Promise<void>;
  /** Lets one replica get a `tick` every minute. */
  everyMinute(queue: 'tick'): Promise<void>;
  /** Jobs that failed every try. */
  deadLetters(): Promise<readonly { readonly queue: string; readonly count: number }[]>;
  /** Takes no new jobs, tells the running ones to come to an end, and waits for them. */
  stop(): Promise<void>;
}

/** How long a stop waits for running jobs; longer than any call to Teams or to a source. */
const LONGEST_STOP_MS = 45_000;

export async function startJobs(deps: {
  readonly storage: Storage;
  readonly log: Log;
  readonly timeZone: string;
}): Promise<Jobs> {
  const boss = createBoss(deps.storage);
  boss.on('error', (error) => {
    deps.log.error({ err: error }, 'The job engine met an error; if it goes on, look at the database');
  });
  await boss.start();
  for (const { name, ...options } of queues) await boss.createQueue(name, options);
  if (deps.storage.engine === 'embedded') await releaseOrphans(deps.storage);
  const stopping = new AbortController();
  const jobs = { boss, stopping, ...deps };
  await workLater(jobs);
  return {
    enqueue: (db, queue, data, options) => enqueue(boss, db, queue, data, options?.afterSeconds),
    work: (queue, handler, options) => work(jobs, queue, handler, options?.atOnce ?? 1),
    everyMinute: (queue) => boss.schedule(queue, '* * * * *', {}, { tz: deps.timeZone }),
    deadLetters: () => deadLetters(boss),
    stop: async () => {
      stopping.abort();
      await boss.stop({ graceful: true, timeout: LONGEST_STOP_MS, close: true });
    },
  };
}

interface Running {
  readonly boss: PgBoss;
  readonly stopping: AbortController;
  readonly log: Log;
  readonly storage: Storage;
}

function createBoss({ raw }: Storage): PgBoss {
  const common = {
    useListenNotify: true,
    superviseIntervalSeconds: 15,
    monitorIntervalSeconds: 15,
    cronMonitorIntervalSeconds: 15,
    cronWorkerIntervalSeconds: 2,
  };
  return 'pglite' in raw
    ? new PgBoss({ ...common, db: fromPglite(raw.pglite), backend: 'pglite' })
    : new PgBoss({ ...common, connectionString: raw.url, max: 5, application_name: 'sedd-jobs' });
}

/** Always through the caller's connection: on PGlite anything else waits for the transaction that waits for it. */
async function enqueue(
  boss: PgBoss,
  db: Db,
  queue: QueueName,
  data: object,
  afterSeconds: number | undefined,
): Promise<void> {
  const inside = { db: fromKysely(db.withoutPlugins()) };
  if (afterSeconds === undefined) {
    await boss.send(queue, data, inside);
    return;
  }
  if (queue !== 'deliver')
    throw new SeddError('jobs.noLater', `"${queue}" cannot be asked for later`, { queue });
  await boss.upsert(DELIVER_LATER, {}, { ...inside, singletonKey: 'bell', startAfter: afterSeconds });
}

async function workLater(jobs: Running): Promise<void> {
  await jobs.boss.work(
    DELIVER_LATER,
    { pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 0.5 },
    async () => {
      await enqueue(jobs.boss, jobs.storage.db, 'deliver', {}, undefined);
    },
  );
}

async function work<Q extends QueueName>(
  jobs: Running,
  queue: Q,
  handler: JobHandler<Q>,
  atOnce: number,
): Promise<void> {
  const options = {
    pollingIntervalSeconds: 0.5,
    notifyPollingIntervalSeconds: 0.5,
    localConcurrency: atOnce,
  };
  await jobs.boss.work<JobPayloads[Q]>(queue, options, async ([job]) => {
    if (job === undefined) return;
    try {
      await handler(job.data, AbortSignal.any([job.signal, jobs.stopping.signal]));
    } catch (error) {
      logFailure(jobs.log, queue, error);
      throw error;
    }
  });
}

function logFailure(log: Log, queue: string, error: unknown): void {
  const facts = error instanceof SeddError ? { code: error.code, ...error.facts } : { code: 'internal' };
  log.error(
    { queue, ...facts, err: error },
    'A job failed; it is tried again, and "sedd status" shows what was given up',
  );
}

async function deadLetters(
  boss: PgBoss,
): Promise<readonly { readonly queue: string; readonly count: number }[]> {
  const dead = await boss.findJobs(DEAD_RUNS);
  return dead.length === 0 ? [] : [{ queue: 'run', count: dead.length }];
}
