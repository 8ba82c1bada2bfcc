import type { Generated } from 'kysely';
import type { Temporal } from 'temporal-polyfill';

export interface FollowUpTable {
  id: Generated<string>;
  pupilId: string;
  schoolId: string;
  groupId: string | null;
  day: Temporal.PlainDate;
  reason: 'unreportedAbsence' | 'longTermAbsence';
  state: 'open' | 'contacted' | 'closed';
  responsibleStaffId: string | null;
  openedAt: Temporal.Instant;
  dueAt: Temporal.Instant;
  contactedAt: Temporal.Instant | null;
  contactedById: string | null;
  contactedByName: string | null;
  closedAt: Temporal.Instant | null;
  closedReason: string | null;
  version: Generated<number>;
}
