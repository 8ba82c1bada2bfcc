import type { Jobs } from '../jobs/jobs.ts';
import { NOT_AUTHORISED_SECONDS } from './after-failure.ts';
import { deleteAnswers } from './delete-answers.ts';
import { deleteTwins } from './delete-twins.ts';
import { type DeliveryRunDeps, runDelivery } from './delivery-run.ts';
import { forgetEndedHolds } from './hold-post.ts';
import { nextTryAt } from './stale-posts.ts';
import { createTurns } from './turns.ts';

export interface DeliverDeps extends DeliveryRunDeps {
  readonly jobs: Pick<Jobs, 'enqueue'>;
}

/** Between the tries to delete a message that could not be deleted. */
const DELETE_AGAIN_SECONDS = 30;

/**
 * Brings every stale post up to date, within Teams' limits: round-robin over conversations, one call under way in each.
 * Returns when nothing is left to do now, having asked to be called again for what has to wait. After `signal` nothing
 * new is begun, and what is under way is seen to its end.
 */
export async function deliverStale(deps: DeliverDeps, signal: AbortSignal): Promise<void> {
  const takeTurn = createTurns(deps, signal);
  // A name that is to be shown no more waits for no card.
  const areAnswersLeft = await deleteAnswers(deps, takeTurn);
  const ending = await runDelivery(deps, takeTurn, signal);
  if (ending === 'notAuthorised') return await ringAfter(deps, NOT_AUTHORISED_SECONDS);
  await forgetEndedHolds(deps.db, deps.clock.now());
  const areTwinsLeft = await deleteTwins(deps, takeTurn);
  const isLeft = areAnswersLeft || areTwinsLeft;
  const waits = [await secondsToNextTry(deps), isLeft ? DELETE_AGAIN_SECONDS : undefined];
  const known = waits.filter((seconds) => seconds !== undefined);
  if (known.length > 0) await ringAfter(deps, Math.min(...known));
}

async function secondsToNextTry({ db, clock, graceSeconds }: DeliverDeps): Promise<number | undefined> {
  const now = clock.now();
  const at = await nextTryAt(db, now, graceSeconds);
  return at === undefined ? undefined : (at.epochMilliseconds - now.epochMilliseconds) / 1_000;
}

async function ringAfter({ db, jobs }: DeliverDeps, seconds: number): Promise<void> {
  await jobs.enqueue(db, 'deliver', {}, { afterSeconds: Math.max(Math.ceil(seconds), 1) });
}
