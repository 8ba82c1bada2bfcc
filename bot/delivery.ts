import { systemClock } from '../services/clock.ts';
import { DIGEST, digestShowing, WEEK_DIGEST } from '../services/digest/digest-posts.ts';
import { onReminderDelivery } from '../services/follow-up/reminder-fallback.ts';
import type { Jobs } from '../services/jobs/jobs.ts';
import { MORNING, SCHOOL_MORNING, schoolMorningShowing } from '../services/morning/morning-posts.ts';
import type { Chat } from '../services/posts/chat.ts';
import { type DeliverDeps, deliverStale } from '../services/posts/deliver.ts';
import { createPacing } from '../services/posts/pacing.ts';
import { markShowing } from '../services/posts/post-store.ts';
import { onStepsDelivery } from '../services/routine/step-fallback.ts';
import { type Parts, timing } from './parts.ts';
import { createComposer } from './posts.ts';
import type { RunDeps } from './runs.ts';
import { wait } from './wait.ts';

/** Enough to keep Teams' pace when each call takes a second. */
const MOST_IN_FLIGHT = 64;
/** Brings every stale post up to date, until there is none or the signal says to stop. */
export type Deliver = (signal: AbortSignal) => Promise<void>;

/** The one deliverer, with what follows from a delivery: reminders that went astray, and figures of what got there. */
export function createDelivery(
  { storage, log, settings, routines = [] }: Parts,
  jobs: Jobs,
  chat: Chat,
  runs: RunDeps,
): Deliver {
  const { db } = storage;
  const deps: DeliverDeps = {
    db,
    jobs,
    log,
    clock: systemClock,
    chat,
    compose: createComposer({ db, clock: runs.clock, schools: runs.schools, routines }),
    onDelivery: async (trx, post) => {
      // What tells the coordinators of a group's card follows each delivery that changed something.
      if (post.purpose === MORNING) await markShowing(trx, post, [...schoolMorningShowing, ...digestShowing]);
      await onReminderDelivery(trx, post, runs.clock.now());
      await onStepsDelivery(trx, post, runs.clock.now());
    },
    pacing: createPacing(),
    delay: wait,
    graceSeconds: settings.graceSeconds ?? timing.graceSeconds,
    mostInFlight: MOST_IN_FLIGHT,
    lastPurposes: [SCHOOL_MORNING, DIGEST, WEEK_DIGEST],
    restSeconds: settings.restSeconds ?? timing.restSeconds,
  };
  return (signal) => deliverStale(deps, signal);
}
