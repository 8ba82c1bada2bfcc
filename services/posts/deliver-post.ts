import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Db } from '../storage/database.ts';
import { type Chat, ChatFailure, type ChatMessage } from './chat.ts';
import * as outcome from './delivery-outcome.ts';
import type { Composer, DeliveryListener } from './post.ts';
import type { StalePost } from './stale-posts.ts';

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
  | { readonly kind: 'shown' | 'unchanged' | 'failed' | 'taken' }
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number }
  | { readonly kind: 'notAuthorised' };

/**
 * Brings one stale post up to date: composes it from the facts, and posts or updates it where it differs.
 * Fails only where the database does.
 */
export async function deliverPost(deps: DeliverPostDeps, post: StalePost): Promise<Delivered> {
  const message = await orFailure(() => deps.compose({ ...post, isShown: post.activityId !== null }));
  if (message instanceof ChatFailure) return await failed(deps, post, message);
  if (message === undefined) return await unchanged(deps, post, post.shownDigest);
  const digest = digestOf(message);
  if (post.activityId === null) return await postFirst(deps, post, message, digest);
  if (post.shownDigest === digest) return await unchanged(deps, post, digest);
  return await update(deps, { ...post, activityId: post.activityId }, message, digest);
}

/** The first posting: the only call whose outcome can stay in doubt, so the intent is written down before it. */
async function postFirst(
  deps: DeliverPostDeps,
  post: StalePost,
  message: ChatMessage,
  digest: string,
): Promise<Delivered> {
  const isClaimed = await outcome.claimPosting(deps.db, post, deps.clock.now(), deps.graceSeconds);
  if (!isClaimed) return { kind: 'taken' };
  const activityId = await orFailure(() => deps.chat.post(post.address, message));
  if (activityId instanceof ChatFailure) return await failed(deps, post, activityId);
  await outcome.recordPosted(deps, post, { activityId, digest });
  return { kind: 'shown' };
}

async function update(
  deps: DeliverPostDeps,
  post: StalePost & { readonly activityId: string },
  message: ChatMessage,
  digest: string,
): Promise<Delivered> {
  const updated = await orFailure(() => deps.chat.update(post.address, post.activityId, message));
  if (updated instanceof ChatFailure) return await failed(deps, post, updated);
  await outcome.recordShown(deps, post, digest);
  return { kind: 'shown' };
}

async function unchanged(deps: DeliverPostDeps, post: StalePost, digest: string | null): Promise<Delivered> {
  await outcome.recordShown(deps, post, digest);
  return { kind: 'unchanged' };
}

async function failed(deps: DeliverPostDeps, post: StalePost, failure: ChatFailure): Promise<Delivered> {
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
  await outcome.recordFailure(deps, post, failure);
  if (failure.kind === 'notAuthorised') return { kind: 'notAuthorised' };
  if (failure.kind === 'notAccepted' && failure.retryAfterSeconds !== undefined) {
    return { kind: 'throttled', retryAfterSeconds: failure.retryAfterSeconds };
  }
  return { kind: 'failed' };
}

/** Whatever is wrong with one card must not stop the others: what is thrown becomes a value, and is tried again. */
async function orFailure<T>(act: () => Promise<T>): Promise<T | ChatFailure> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof ChatFailure) return error;
    return new ChatFailure('notAccepted', CARD_FAILED, 'The card could not be made', { cause: error });
  }
}

const CARD_FAILED = 'card.failed';

function levelOf(failure: ChatFailure): 'error' | 'warn' | 'debug' {
  if (failure.kind === 'refused' || failure.kind === 'notAuthorised' || failure.code === CARD_FAILED)
    return 'error';
  return failure.kind === 'unreachable' ? 'warn' : 'debug';
}

function digestOf(message: ChatMessage): string {
  return createHash('sha256')
    .update(message.summary)
    .update('\n')
    .update(JSON.stringify(message.card))
    .digest('base64');
}
