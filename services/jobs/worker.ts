import type { PgBoss } from 'pg-boss';
import { SeddError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { JobPayloads, QueueName } from './queues.ts';

/** Does a job. `signal` says that Sedd is stopping, or that the job is no longer this worker's. */
export type JobHandler<Q extends QueueName> = (data: JobPayloads[Q], signal: AbortSignal) => Promise<void>;

export interface WorkerDeps {
  readonly boss: PgBoss;
  readonly stopping: AbortSignal;
  readonly log: Log;
}

/** A notification that was missed is made up for within this; the engine's own default leaves jobs lying for 30 seconds. */
export const polling = { pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 0.5 };

/** Works a queue, `atOnce` jobs at a time. A job whose handler throws is tried again by the engine. */
export async function work<Q extends QueueName>(
  { boss, stopping, log }: WorkerDeps,
  queue: Q,
  handler: JobHandler<Q>,
  atOnce: number,
): Promise<void> {
  await boss.work<JobPayloads[Q]>(queue, { ...polling, localConcurrency: atOnce }, async ([job]) => {
    if (job === undefined) return;
    try {
      await handler(job.data, AbortSignal.any([job.signal, stopping]));
    } catch (error) {
      if (stopping.aborted) log.info({ queue }, 'A job was cut short by the stop; it is taken up again');
      else tellFailure(log, queue, error);
      throw forTheRecord(error);
    }
  });
}

function tellFailure(log: Log, queue: string, error: unknown): void {
  const facts = error instanceof SeddError ? error.facts : {};
  log.error(
    { queue, ...facts, code: codeOf(error), err: error },
    'A job failed; it is tried again, and "sedd status" shows what was given up',
  );
}

/** The engine keeps a failure whole in its table, and a database error has the pupil's row in it: only a code is kept. */
function forTheRecord(error: unknown): Error {
  return new Error(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof SeddError ? error.code : 'internal';
}
