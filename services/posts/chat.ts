import { SeddError } from '../errors.ts';
import type { TeamsProfile } from '../people/teams-users.ts';

/** Where a message goes. `id` is Teams' conversation id of a channel, group chat or personal chat. */
export interface ChatAddress {
  readonly id: string;
  readonly kind: 'channel' | 'groupChat' | 'personal';
  readonly tenantId: string;
  readonly serviceUrl: string;
  /** The message of a channel that is replied to; a new thread where undefined. */
  readonly threadId?: string | undefined;
}

/** What is shown: one Adaptive Card, and the text of the notification, which holds no names. */
export interface ChatMessage {
  readonly summary: string;
  readonly card: object;
}

/**
 * The chat platform. Each call is made once, with a time limit and no retry of its own, so that the caller knows how
 * many copies there can be. Failures are `ChatFailure`.
 */
export interface Chat {
  /** Posts a new message (in a channel: a new thread, or a reply in the one named) and answers its id. */
  post(to: ChatAddress, message: ChatMessage): Promise<string>;
  /** Replaces a message; may be repeated at will. */
  update(to: ChatAddress, activityId: string, message: ChatMessage): Promise<void>;
  /** Deletes a message; one that is already gone is no failure. */
  delete(to: ChatAddress, activityId: string): Promise<void>;
  /** Everybody in a conversation, as Teams knows them; people without an account in Entra are left out. */
  members(of: ChatAddress): Promise<readonly TeamsProfile[]>;
  /** The chat with one person, which Teams makes where there is none; the same one each time. Answers its id. */
  openPersonal(person: PersonalChat): Promise<string>;
}

export interface PersonalChat {
  readonly teamsId: string;
  readonly tenantId: string;
  readonly serviceUrl: string;
}

/**
 * What a failed call means for what to do next:
 * - `notAccepted`: proven not stored (refused connection, 429, 412): send again, not before `retryAfterSeconds`
 * - `unknown`: may have been stored (reset, timeout, 5xx after the request left); the same wait holds where one was asked for
 * - `messageGone`: the message to update is not there any more: post anew
 * - `unreachable`: the conversation cannot be posted to until a person acts: mark it broken
 * - `refused`: the message itself will never be accepted (too big, malformed)
 * - `notAuthorised`: Sedd's own credentials fail: nothing can be posted anywhere
 */
export type ChatFailureKind =
  | 'notAccepted'
  | 'unknown'
  | 'messageGone'
  | 'unreachable'
  | 'refused'
  | 'notAuthorised';

export class ChatFailure extends SeddError {
  readonly kind: ChatFailureKind;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    kind: ChatFailureKind,
    code: string,
    message: string,
    options: {
      readonly status?: number;
      readonly retryAfterSeconds?: number | undefined;
      readonly cause?: unknown;
    } = {},
  ) {
    super(code, message, { kind, status: options.status }, options.cause);
    this.name = 'ChatFailure';
    this.kind = kind;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
