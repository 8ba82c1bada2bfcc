import type { ChatFailureKind } from './chat.ts';

/** What went wrong with a delivery: Teams said no or nothing at all, or Sedd could not make the card. */
export interface DeliveryFailure {
  readonly kind: ChatFailureKind | 'notMade';
  readonly code: string;
  readonly retryAfterSeconds?: number | undefined;
  readonly cause?: unknown;
}

export type AfterFailure =
  | {
      readonly kind: 'again';
      readonly afterSeconds: number;
      /** Failed tries in a row, as they count towards giving up. */
      readonly attempts: number;
      /** Nobody knows whether a first posting arrived. */
      readonly isInDoubt: boolean;
      /** Until then nothing else goes to the conversation either. */
      readonly holdsConversation: boolean;
    }
  /** The message is gone: a new one takes its place. */
  | { readonly kind: 'anew' }
  | {
      readonly kind: 'givenUp';
      /** Of the last try nobody knows whether it arrived. */
      readonly isInDoubt: boolean;
      /** Nothing reaches the conversation until a person acts. */
      readonly breaksConversation: boolean;
    };

/** After so many tries in a row that may have arrived, or of a card that cannot be made, a person has to look. */
const MOST_ATTEMPTS = 12;
const MOST_BACK_OFF_SECONDS = 120;
/** Each try in doubt may be one more copy: they come at growing distances, up to so many graces apart. */
const MOST_GRACES = 10;
/** When Teams refuses Sedd's credentials, every card would be refused: a minute between the tries. */
export const NOT_AUTHORISED_SECONDS = 60;

/**
 * What a failure means for a post. What is proven not to have arrived, and updates, may be repeated for as long as it takes:
 * giving up would lose a card to a long outage.
 */
export function afterFailure(
  post: { readonly activityId: string | null; readonly attempts: number },
  failure: DeliveryFailure,
  graceSeconds: number,
): AfterFailure {
  const attempts = post.attempts + 1;
  const isFirst = post.activityId === null;
  const asked = failure.retryAfterSeconds;
  const pause = asked ?? doubled(1, attempts, MOST_BACK_OFF_SECONDS);
  switch (failure.kind) {
    case 'notAccepted':
      return again(pause, attempts, { holdsConversation: true });
    case 'notMade':
      return attempts >= MOST_ATTEMPTS ? givenUp({}) : again(pause, attempts);
    case 'unknown':
      return isFirst
        ? inDoubt(attempts, graceSeconds, asked)
        : again(pause, attempts, { holdsConversation: asked !== undefined });
    case 'messageGone':
      return isFirst ? again(pause, attempts) : { kind: 'anew' };
    case 'notAuthorised':
      // Nothing is wrong with the post: the try does not count.
      return again(NOT_AUTHORISED_SECONDS, post.attempts);
    case 'unreachable':
      return givenUp({ breaksConversation: true });
    case 'refused':
      return givenUp({});
  }
}

/** A first posting that may have arrived: left until it can have shown itself. */
function inDoubt(attempts: number, graceSeconds: number, asked = 0): AfterFailure {
  if (attempts >= MOST_ATTEMPTS) return givenUp({ isInDoubt: true });
  const grace = doubled(graceSeconds, attempts, MOST_GRACES * graceSeconds);
  return again(Math.max(grace, asked), attempts, { isInDoubt: true, holdsConversation: asked > 0 });
}

function again(
  afterSeconds: number,
  attempts: number,
  { isInDoubt = false, holdsConversation = false } = {},
): AfterFailure {
  return { kind: 'again', afterSeconds, attempts, isInDoubt, holdsConversation };
}

function givenUp({ isInDoubt = false, breaksConversation = false }): AfterFailure {
  return { kind: 'givenUp', isInDoubt, breaksConversation };
}

/** Twice as long with each try, up to a most. */
function doubled(first: number, attempts: number, most: number): number {
  return Math.min(first * 2 ** (attempts - 1), most);
}
