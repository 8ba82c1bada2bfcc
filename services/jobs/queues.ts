import type { Queue } from 'pg-boss';

/** What each kind of job carries. Ids only. */
export interface JobPayloads {
  /** "Some posts are stale": a doorbell. */
  readonly deliver: Record<string, never>;
  /** "A minute has passed." */
  readonly tick: Record<string, never>;
  /** A scheduled job of a school that fell due; `day` is an ISO date. */
  readonly run: { readonly job: string; readonly schoolId: string; readonly day: string };
  /** A run that failed every try. */
  readonly runGivenUp: JobPayloads['run'];
}

export type QueueName = keyof JobPayloads;

/** A dead owner is noticed within this; pg-boss' own default is a quarter of an hour. */
const HEARTBEAT_SECONDS = 10;

/** A doorbell that rings later; it only ever rings `deliver`. */
export const DELIVER_LATER = 'deliverLater';

/**
 * `stately`: one job runs and one waits, so that however often the bell rings while cards are delivered, there is one more
 * look afterwards. A later ring has a queue of its own: waiting there it would swallow the rings that are for now.
 */
export const queues: readonly Queue[] = [
  { name: 'runGivenUp', ...retry({ limit: 1_000, delay: 15, longest: 600 }) },
  {
    name: 'deliver',
    policy: 'stately',
    ...retry({ limit: 1_000_000, delay: 2, longest: 30 }),
    expireInSeconds: 900,
  },
  { name: DELIVER_LATER, policy: 'short', ...retry({ limit: 1_000, delay: 1, longest: 30 }) },
  { name: 'tick', policy: 'stately', ...retry({ limit: 1, delay: 1, longest: 1 }), expireInSeconds: 60 },
  {
    name: 'run',
    deadLetter: 'runGivenUp',
    // Some four hours: a source that is down over the morning is asked until the morning is of no use any more.
    ...retry({ limit: 28, delay: 15, longest: 600 }),
    expireInSeconds: 1_800,
  },
];

function retry({ limit, delay, longest }: { limit: number; delay: number; longest: number }) {
  return {
    retryLimit: limit,
    retryDelay: delay,
    retryBackoff: true,
    retryDelayMax: longest,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    notify: true,
    deleteAfterSeconds: 3 * 86_400,
  };
}
