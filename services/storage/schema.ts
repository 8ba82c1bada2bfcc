import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { Temporal } from 'temporal-polyfill';

/**
 * The tables as Kysely sees them: camelCase here, snake_case in SQL.
 *
 * `date` columns are `Temporal.PlainDate` and `timestamptz` columns `Temporal.Instant`, both ways and on both engines
 * (see database.ts). `null` lives in rows only.
 */
export interface Database {
  pupil: PupilTable;
  staff: StaffTable;
  schoolGroup: SchoolGroupTable;
  groupMember: GroupMemberTable;
  groupMentor: GroupMentorTable;
  sourceCursor: SourceCursorTable;
  lesson: LessonTable;
  pupilLesson: PupilLessonTable;
  absenceNotice: AbsenceNoticeTable;
  daySum: DaySumTable;
  periodSum: PeriodSumTable;
  followUp: FollowUpTable;
  morning: MorningTable;
  jobRun: JobRunTable;
  conversation: ConversationTable;
  binding: BindingTable;
  post: PostTable;
  postTwin: PostTwinTable;
  audit: AuditTable;
}

type Day = Temporal.PlainDate;
type Instant = Temporal.Instant;

/** A pupil; of a protected pupil no name is ever kept. */
export interface PupilTable {
  id: string;
  schoolId: string;
  givenName: string | null;
  familyName: string | null;
  grade: number | null;
  isProtected: boolean;
  removedAt: Instant | null;
}

export interface StaffTable {
  id: string;
  givenName: string;
  familyName: string;
  email: string | null;
  /** The name the person signs in to Microsoft 365 with. */
  principalName: string | null;
  entraId: string | null;
  removedAt: Instant | null;
}

export interface SchoolGroupTable {
  id: string;
  schoolId: string;
  kind: 'mentor' | 'class' | 'teaching';
  name: string;
  removedAt: Instant | null;
}

export interface GroupMemberTable {
  groupId: string;
  pupilId: string;
}

export interface GroupMentorTable {
  groupId: string;
  staffId: string;
}

/** How far a source has been read: what to ask for "modified after" next time. */
export interface SourceCursorTable {
  sourceId: string;
  cursor: string;
  readAt: Instant;
}

/** One lesson on one day that counts as teaching; what does not count is not stored. */
export interface LessonTable {
  id: string;
  schoolId: string;
  day: Day;
  startsAt: Instant;
  endsAt: Instant;
  subject: string;
}

/**
 * One pupil's part of one lesson, in minutes. `offeredMinutes` is 0 where the lesson was cancelled or the pupil did not
 * take part. While `isReported` is false the other minutes are 0 and mean nothing: unknown, neither absent nor present.
 */
export interface PupilLessonTable {
  lessonId: string;
  pupilId: string;
  schoolId: string;
  day: Day;
  offeredMinutes: number;
  isReported: boolean;
  presentMinutes: number;
  validMinutes: number;
  invalidMinutes: number;
  elsewhereMinutes: number;
}

/** A guardian's report or granted leave; why is never kept. */
export interface AbsenceNoticeTable {
  id: string;
  pupilId: string;
  schoolId: string;
  kind: 'reported' | 'leave';
  startsAt: Instant;
  endsAt: Instant;
}

/** A pupil's school day in minutes and counts, always rebuilt whole from its lessons. */
export interface DaySumTable {
  pupilId: string;
  day: Day;
  schoolId: string;
  offeredMinutes: number;
  reportedMinutes: number;
  validMinutes: number;
  invalidMinutes: number;
  lessons: number;
  lessonsReported: number;
  lessonsMissed: number;
  lateArrivals: number;
}

/** Minutes of a whole period from a source that gives sums only. `firstDay` and `lastDay` inclusive. */
export interface PeriodSumTable {
  pupilId: string;
  firstDay: Day;
  lastDay: Day;
  schoolId: string;
  offeredMinutes: number;
  reportedMinutes: number;
  validMinutes: number;
  invalidMinutes: number;
}

export interface FollowUpTable {
  id: Generated<string>;
  pupilId: string;
  schoolId: string;
  groupId: string | null;
  day: Day;
  reason: 'unreportedAbsence' | 'longTermAbsence';
  state: 'open' | 'contacted' | 'closed';
  responsibleStaffId: string | null;
  openedAt: Instant;
  dueAt: Instant;
  contactedAt: Instant | null;
  contactedById: string | null;
  contactedByName: string | null;
  closedAt: Instant | null;
  closedReason: string | null;
  version: Generated<number>;
}

/** A school's morning: released to the channels, or held until somebody says so. */
export interface MorningTable {
  schoolId: string;
  day: Day;
  state: 'held' | 'released';
  /** When the data were pulled. */
  dataAt: Instant;
  heldFor: JSONColumnType<readonly HoldReason[]>;
  releasedAt: Instant | null;
  releasedById: string | null;
  releasedByName: string | null;
}

/** Why a morning was held, with the figures that say so. Fractions between 0 and 1. */
export type HoldReason =
  | {
      readonly kind: 'fewLessonsReported';
      readonly reported: number;
      readonly started: number;
      readonly least: number;
    }
  | { readonly kind: 'manyAbsent'; readonly absent: number; readonly usual: number; readonly pupils: number }
  | { readonly kind: 'noLessons' };

/** The ledger: one row makes a scheduled thing happen once per school and school day. */
export interface JobRunTable {
  job: string;
  schoolId: string;
  day: Day;
  state: 'started' | 'done' | 'failed' | 'skipped';
  startedAt: Instant;
  finishedAt: Instant | null;
  /** A stable code of what went wrong or why it was skipped, never a name. */
  note: string | null;
}

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
  brokenAt: Instant | null;
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
  schoolId: string;
  day: Day;
  wantedVersion: number;
  shownVersion: number;
  /** Digest of what was last shown, so that an unchanged card is not sent again. */
  shownDigest: string | null;
  activityId: string | null;
  state: 'waiting' | 'posting' | 'posted' | 'undelivered';
  postingSince: Instant | null;
  attempts: Generated<number>;
  notBefore: Instant | null;
  errorCode: string | null;
  suspectedTwins: Generated<number>;
  /** A person waits for this change: it goes before the morning's bulk. */
  isUrgent: Generated<boolean>;
  createdAt: Instant;
  postedAt: Instant | null;
  updatedAt: Instant | null;
}

/** A second copy of a post that showed itself when somebody pressed it, or a copy that was replaced. */
export interface PostTwinTable {
  postId: string;
  activityId: string;
  foundAt: Instant;
  deletedAt: Instant | null;
}

/** Who changed what, when, from where. Rows are only ever added. */
export interface AuditTable {
  id: Generated<number>;
  at: Instant;
  actorId: string;
  actorName: string | null;
  action: string;
  objectId: string;
  schoolId: string | null;
  conversationId: string | null;
  details: ColumnType<unknown, string, never>;
}
