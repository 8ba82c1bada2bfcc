import type { ColumnType, Generated } from 'kysely';
import type { Temporal } from 'temporal-polyfill';

/** One message that reminds of one or several follow-ups; it stays true afterwards, as every card does. */
export interface ReminderBatchTable {
  id: Generated<string>;
  schoolId: string;
  day: Temporal.PlainDate;
  rung: string;
  /** Whom it reminds; null where it goes to the coordinator's channel. */
  staffId: string | null;
  conversationId: string;
  /** The batch that could not be delivered and that this one replaces. */
  fallbackOf: string | null;
  at: Temporal.Instant;
}

/** A rung of the ladder that a follow-up has come to; the row makes it happen at most once. */
export interface ReminderTable {
  followUpId: string;
  rung: string;
  batchId: string;
  at: Temporal.Instant;
}

/** Something that a person is told once. `details` holds ids and codes, never a name. */
export interface NoticeTable {
  id: Generated<string>;
  kind: 'corrected' | 'handedOver' | 'appointed' | 'appointmentEnded';
  /** What it is about: the id of a follow-up or of a contact person's row. */
  subject: string;
  staffId: string;
  schoolId: string;
  day: Temporal.PlainDate;
  details: ColumnType<unknown, string, never>;
  at: Temporal.Instant;
}
