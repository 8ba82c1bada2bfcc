import type { Generated } from 'kysely';
import type { Temporal } from 'temporal-polyfill';

export interface ConversationTable {
  id: string;
  kind: 'channel' | 'groupChat' | 'personal';
  tenantId: string;
  serviceUrl: string;
  teamId: string | null;
  name: string | null;
  /** A broken conversation is not posted to; `brokenCode` says what Teams answered. */
  state: 'open' | 'broken';
  brokenCode: string | null;
  brokenAt: Temporal.Instant | null;
  /** When Sedd said there what it is. */
  introducedAt: Temporal.Instant | null;
}

/** What a conversation is for. A `mentorGroup` binding names the group; several groups may share one channel. */
export interface BindingTable {
  conversationId: string;
  role: 'mentorGroup' | 'coordinator' | 'eht';
  schoolId: string;
  /** The group's name as the roster spells it; empty for other roles. */
  groupName: string;
  origin: 'config' | 'chat';
}

/**
 * One living card: a view of `subject` for `purpose`, shown in one conversation. It is stale while
 * `shownVersion < wantedVersion`.
 */
export interface PostTable {
  id: Generated<string>;
  purpose: string;
  subject: string;
  conversationId: string;
  /** The message that it is a reply to; a thread of its own where null. */
  threadId: string | null;
  schoolId: string;
  day: Temporal.PlainDate;
  wantedVersion: number;
  shownVersion: number;
  /** Digest of what was last shown, so that an unchanged card is not sent again. */
  shownDigest: string | null;
  activityId: string | null;
  state: 'waiting' | 'posting' | 'posted' | 'undelivered';
  postingSince: Temporal.Instant | null;
  attempts: Generated<number>;
  /** What Teams asked for, or what is waited after a failure. */
  notBefore: Temporal.Instant | null;
  errorCode: string | null;
  suspectedTwins: Generated<number>;
  /** A person waits for this change: it goes before the morning's bulk. */
  isUrgent: Generated<boolean>;
  createdAt: Temporal.Instant;
  postedAt: Temporal.Instant | null;
  updatedAt: Temporal.Instant | null;
}

/** A second copy of a post that showed itself when somebody pressed it, or a copy that was replaced. */
export interface PostTwinTable {
  postId: string;
  activityId: string;
  foundAt: Temporal.Instant;
  deletedAt: Temporal.Instant | null;
}

/** Somebody works in what a post opened for them: until then it is not updated. */
export interface PostHoldTable {
  postId: string;
  actorId: string;
  until: Temporal.Instant;
}

/** A message that was heard, by the id that Teams gives it. */
export interface HeardMessageTable {
  conversationId: string;
  activityId: string;
  at: Temporal.Instant;
  /** The process that is at it. */
  hearer: Generated<string>;
  answeredAt: Temporal.Instant | null;
}

/** A pupil whom an answer names: a message that is no post. Nothing else is kept of it. */
export interface AnswerTable {
  conversationId: string;
  activityId: string;
  /** The root of the channel's thread that it stands in. */
  threadId: string | null;
  pupilId: string;
  at: Temporal.Instant;
  /** Since when it is to be deleted: somebody whom it names is protected. */
  recalledAt: Temporal.Instant | null;
}
