import type { Temporal } from 'temporal-polyfill';

/** The ledger: one row makes a scheduled thing happen once per school and school day. */
export interface JobRunTable {
  job: string;
  schoolId: string;
  day: Temporal.PlainDate;
  state: 'started' | 'done' | 'failed' | 'skipped';
  startedAt: Temporal.Instant;
  finishedAt: Temporal.Instant | null;
  /** A stable code of what went wrong or why it was skipped, never a name. */
  note: string | null;
}
