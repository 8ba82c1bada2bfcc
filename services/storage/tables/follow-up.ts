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
  /** As what the responsible person answers for it. */
  responsibleRole: 'mentor' | 'contactPerson' | 'standIn' | 'handedOver' | null;
  /** The version that it was handed over with, last; 0 where it never was. */
  responsibleVersion: Generated<number>;
  openedAt: Temporal.Instant;
  /** When somebody should have made contact; later again after each try that reached nobody. */
  dueAt: Temporal.Instant;
  firstDueAt: Temporal.Instant | null;
  /** When the first lesson began that was missed without notice: time to contact is counted from here. */
  firstMissedAt: Temporal.Instant | null;
  contactedAt: Temporal.Instant | null;
  contactedById: string | null;
  contactedByName: string | null;
  /** The contact that counts, with how and with whom it was made. */
  contactId: string | null;
  method: ContactMethod | null;
  counterpart: Counterpart | null;
  /** Tries that reached nobody. */
  attempts: Generated<number>;
  lastAttemptAt: Temporal.Instant | null;
  lastAttemptByName: string | null;
  closedAt: Temporal.Instant | null;
  closedReason: string | null;
  /** When it turned out that no contact had been needed, after somebody had already tried. */
  correctedAt: Temporal.Instant | null;
  correctedReason: string | null;
  /** Raised by every change; a button carries the version that it was drawn with. */
  version: Generated<number>;
}

export type ContactMethod = 'phone' | 'sms' | 'inPerson' | 'homeVisit';
export type Counterpart = 'guardian' | 'pupil' | 'other';

/** One try to make contact. It is never changed, but it can be undone. */
export interface ContactTable {
  id: Generated<string>;
  followUpId: string;
  pupilId: string;
  schoolId: string;
  day: Temporal.PlainDate;
  outcome: 'reached' | 'notReached';
  method: ContactMethod | null;
  counterpart: Counterpart | null;
  actorId: string;
  actorName: string;
  staffId: string | null;
  at: Temporal.Instant;
  /** After a try that reached nobody: when the next one is due. */
  dueAgainAt: Temporal.Instant | null;
  conversationId: string;
  /** The follow-up's version that it was made on: of two on the same version one counts. */
  baseVersion: number;
  undoneAt: Temporal.Instant | null;
  undoneById: string | null;
  undoneByName: string | null;
}

/** A school day's time to contact: from the first lesson missed to contact made. Never per person. */
export interface ContactTimeTable {
  schoolId: string;
  day: Temporal.PlainDate;
  followUps: number;
  contacted: number;
  /** Undefined while nobody has been reached. */
  medianMinutes: number | null;
  rebuiltAt: Temporal.Instant;
}
