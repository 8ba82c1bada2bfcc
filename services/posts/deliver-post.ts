import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Db } from '../storage/database.ts';
import type { DeliveryFailure } from './after-failure.ts';
import { type Chat, ChatFailure, type ChatMessage } from './chat.ts';
import * as outcome from './delivery-outcome.ts';
import type { Composer, DeliveryListener, WantedPost } from './post.ts';
import type { StalePost } from './stale-posts.ts';
import type { TakeTurn } from './turns.ts';

export interface DeliverPostDeps {
  readonly db: Db;
  readonly chat: Chat;
  readonly compose: Composer;
  /** Real time: it is Teams' limits and answers that are timed, not the school's day. */
  readonly clock: Clock;
  readonly log: Log;
  readonly onDelivery: DeliveryListener;
  /** How long a first posting with an unknown outcome is left before it is posted again; longer than any call takes. */
  readonly graceSeconds: number;
}

/** What the deliverer has to know of how it went. */
export type Delivered =
  /** `left`: somebody else has it, somebody works in it, or Sedd is stopping. */
  | { readonly kind: 'shown' | 'unchanged' | 'failed' | 'left' | 'notAuthorised' }
  /** The conversation is to be left alone for so long. */
  | { readonly kind: 'throttled'; readonly seconds: number };

/**
 * Brings one stale post up to date: composes it from the facts, and posts or updates it where it differs.
 * Fails only where the database does.
 */
export async function deliverPost(
  deps: DeliverPostDeps,
  post: StalePost & Pick<WantedPost, 'seenAt' | 'alike'>,
  takeTurn: TakeTurn,
): Promise<Delivered> {
  const composed = await tryTo(() => deps.compose({ ...post, isShown: mayBeShown(post) }), notMade);
  if ('failure' in composed) return await failed(deps, post, composed.failure);
  const message = composed.value;
  const digest = message === undefined ? undefined : digestOf(message);
  if (message === undefined || digest === undefined || digest === post.shownDigest) {
    await outcome.recordUnchanged(deps, post);
    return { kind: 'unchanged' };
  }
  if (!(await takeTurn(post.conversationId, post.isUrgent))) return { kind: 'left' };
  const { activityId } = post;
  return activityId === null
    ? await postFirst(deps, post, message, digest)
    : await update(deps, { ...post, activityId }, message, digest);
}

/** A posting in doubt may have arrived: then an empty card is better than what it said. */
function mayBeShown(post: StalePost): boolean {
  return post.activityId !== null || post.state === 'posting';
}

/** The first posting: the only call whose outcome can stay in doubt, so the intent is written down before it. */
async function postFirst(
  deps: DeliverPostDeps,
  post: StalePost,
  message: ChatMessage,
  digest: string,
): Promise<Delivered> {
  const isClaimed = await outcome.claimPosting(deps.db, post, deps.clock.now(), deps.graceSeconds);
  if (!isClaimed) return { kind: 'left' };
  const posted = await tryTo(() => deps.chat.post(post.address, message), chatFailed);
  if ('failure' in posted) return await failed(deps, post, posted.failure);
  await outcome.recordPosted(deps, post, { activityId: posted.value, digest });
  return { kind: 'shown' };
}

async function update(
  deps: DeliverPostDeps,
  post: StalePost & { readonly activityId: string },
  message: ChatMessage,
  digest: string,
): Promise<Delivered> {
  if (!(await outcome.claimUpdate(deps.db, post, deps.clock.now()))) return { kind: 'left' };
  const updated = await tryTo(() => deps.chat.update(post.address, post.activityId, message), chatFailed);
  if ('failure' in updated) return await failed(deps, post, updated.failure);
  await outcome.recordUpdated(deps, post, digest);
  return { kind: 'shown' };
}

async function failed(deps: DeliverPostDeps, post: StalePost, failure: DeliveryFailure): Promise<Delivered> {
  deps.log[levelOf(failure)](
    {
      code: failure.code,
      post: post.id,
      purpose: post.purpose,
      conversation: post.conversationId,
      err: failure.cause,
    },
    'A card was not delivered; "sedd status" shows what waits and what was given up',
  );
  const next = await outcome.recordFailure(deps, post, failure);
  if (failure.kind === 'notAuthorised') return { kind: 'notAuthorised' };
  if (next.kind === 'again' && next.holdsConversation)
    return { kind: 'throttled', seconds: next.afterSeconds };
  return { kind: 'failed' };
}

type Tried<T> = { readonly value: T } | { readonly failure: DeliveryFailure };

/** Whatever is wrong with one card must not stop the others: what is thrown becomes a value. */
async function tryTo<T>(
  act: () => Promise<T>,
  asFailure: (cause: unknown) => DeliveryFailure,
): Promise<Tried<T>> {
  try {
    return { value: await act() };
  } catch (error) {
    return { failure: asFailure(error) };
  }
}

function notMade(cause: unknown): DeliveryFailure {
  return { kind: 'notMade', code: 'card.failed', cause };
}

/** What nobody foresaw may have happened before or after the message left. */
function chatFailed(cause: unknown): DeliveryFailure {
  return cause instanceof ChatFailure ? cause : { kind: 'unknown', code: 'chat.failed', cause };
}

function levelOf(failure: DeliveryFailure): 'error' | 'warn' | 'debug' {
  if (failure.kind === 'unreachable') return 'warn';
  const isForSomebody = ['refused', 'notAuthorised', 'notMade'].includes(failure.kind);
  return isForSomebody || failure.code === 'chat.failed' ? 'error' : 'debug';
}

function digestOf(message: ChatMessage): string {
  return createHash('sha256')
    .update(message.summary)
    .update('\n')
    .update(JSON.stringify(message.card))
    .digest('base64');
}
