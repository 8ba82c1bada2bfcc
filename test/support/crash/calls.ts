import type { ConnectorRequest } from '../connector-record.ts';

/** The calls to Teams that one process made: from the n-th on, until it ended. */
export interface LifeCalls {
  readonly from: number;
  to: number;
  isKilled: boolean;
}

/** What the calls of a day to one conversation say about how many copies there may be. */
export interface PostingCalls {
  /** Postings that were stored. */
  readonly stored: number;
  /** Postings after which there was every reason to send no other. */
  readonly certain: number;
}

/**
 * Looks at a day's postings to one conversation. A posting may be followed by another one where it was refused, where its
 * outcome is in doubt, or where it was the last that its process was heard of there before it was killed.
 */
export function postingCalls(
  requests: readonly ConnectorRequest[],
  lives: readonly LifeCalls[],
): PostingCalls {
  const postings = requests.filter(({ op }) => op === 'createThread' || op === 'send');
  // Only what is done with messages tells that a posting's answer was written down: who is there is asked all the while.
  const onMessages = requests.filter(({ op }) => op !== 'member' && op !== 'members');
  const certain = postings.filter(
    (request) => request.outcome === 201 && !wasLastBeforeKill(request, onMessages, lives),
  );
  return {
    stored: postings.filter((request) => request.stored !== undefined).length,
    certain: certain.length,
  };
}

function wasLastBeforeKill(
  request: ConnectorRequest,
  requests: readonly ConnectorRequest[],
  lives: readonly LifeCalls[],
): boolean {
  const life = lives.find(({ from, to }) => request.n > from && request.n <= to);
  if (life === undefined || !life.isKilled) return false;
  return !requests.some((other) => other.n > request.n && other.n <= life.to);
}
