import { Temporal } from 'temporal-polyfill';
import { ChatFailure, type ChatFailureKind } from '../services/posts/chat.ts';

/** What Teams' own error codes mean for what to do next; the status decides where the code is not known. */
const byCode: Readonly<Record<string, ChatFailureKind>> = {
  MessageWritesBlocked: 'unreachable',
  ConversationBlockedByUser: 'unreachable',
  BotNotInConversationRoster: 'unreachable',
  ForbiddenOperationException: 'unreachable',
  BotDisabledByAdmin: 'unreachable',
  ConversationNotFound: 'unreachable',
  ActivityNotFoundInConversation: 'messageGone',
  BotNotRegistered: 'notAuthorised',
  MessageSizeTooBig: 'refused',
};

/** How the service's answer to a call that failed is taken. `retryAfter` is the header: seconds, or a date. */
export function connectorFailure(
  status: number,
  retryAfter: string | null,
  code: string | undefined,
  now: () => number = () => Temporal.Now.instant().epochMilliseconds,
): ChatFailure {
  const kind = (code === undefined ? undefined : byCode[code]) ?? byStatus(status);
  const canWait = kind === 'notAccepted' || kind === 'unknown';
  const retryAfterSeconds = canWait ? seconds(retryAfter, now) : undefined;
  return new ChatFailure(kind, code ?? `http.${status}`, `Teams answered ${status}`, {
    status,
    retryAfterSeconds,
  });
}

function byStatus(status: number): ChatFailureKind {
  if (status === 401) return 'notAuthorised';
  if (status === 403 || status === 404) return 'unreachable';
  if (status === 429 || status === 412) return 'notAccepted';
  return status >= 500 || status === 408 ? 'unknown' : 'refused';
}

/** Longer than this Teams never asks for. */
const LONGEST_WAIT_SECONDS = 600;

function seconds(retryAfter: string | null, now: () => number): number | undefined {
  if (retryAfter === null) return undefined;
  const asked = /^\d+(\.\d+)?$/.test(retryAfter)
    ? Number(retryAfter)
    : (httpDate(retryAfter) - now()) / 1_000;
  return Number.isNaN(asked) ? undefined : Math.min(Math.max(asked, 0), LONGEST_WAIT_SECONDS);
}

/** A date names its month; JavaScript takes a mere number for one as well. */
function httpDate(text: string): number {
  return /[a-z]{3}/i.test(text) ? Date.parse(text) : Number.NaN;
}
