import type { Generated } from 'kysely';
import type { Temporal } from 'temporal-polyfill';

/** Somebody in Teams whom Sedd has met or read of in a channel's roster, by their id in Entra. */
export interface TeamsUserTable {
  entraId: string;
  teamsId: string;
  tenantId: string;
  name: string;
  email: string | null;
  principalName: string | null;
  isGuest: boolean;
  /** Whom the roster knows them as; null where it knows nobody like that. */
  staffId: string | null;
  /** Their chat with Sedd, once there is one. */
  personalConversationId: string | null;
  seenAt: Temporal.Instant;
}

/** Who is extra observant of a pupil; at most one at a time, and anybody on the staff. */
export interface ContactPersonTable {
  id: Generated<string>;
  pupilId: string;
  schoolId: string;
  staffId: string;
  since: Temporal.Instant;
  appointedById: string;
  appointedByName: string;
  endedAt: Temporal.Instant | null;
  endedById: string | null;
  endedByName: string | null;
}

/** Who answers for somebody's pupils while they are away, both days included. */
export interface StandInTable {
  id: Generated<string>;
  staffId: string;
  standInStaffId: string;
  firstDay: Temporal.PlainDate;
  lastDay: Temporal.PlainDate;
  createdAt: Temporal.Instant;
  createdById: string;
  createdByName: string;
  endedAt: Temporal.Instant | null;
}
