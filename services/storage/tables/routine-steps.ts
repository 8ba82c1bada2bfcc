import type { Generated } from 'kysely';
import type { Temporal } from 'temporal-polyfill';

/** How far a letter to guardians has come, and who took it there. */
export interface LetterStageTable {
  stepId: string;
  stage: 'chosen' | 'approved' | 'sent';
  at: Temporal.Instant;
  byId: string;
  byName: string;
}

/** One message that tells somebody of steps that are theirs to do; it stays true afterwards, as every card does. */
export interface StepBatchTable {
  id: Generated<string>;
  schoolId: string;
  day: Temporal.PlainDate;
  /** The gravest of those that it tells of. */
  rung: 'given' | 'due' | 'late' | 'escalated';
  /** Whom it is for: somebody on the staff, or by an address of the municipality file. */
  staffId: string | null;
  /** Null as `staffId` is where it goes to the coordinator's channel. */
  address: string | null;
  conversationId: string;
  /** The batch that could not be delivered and that this one replaces. */
  fallbackOf: string | null;
  at: Temporal.Instant;
}

/** A rung of the ladder that a step has come to; the row makes it happen at most once. */
export interface StepRungTable {
  stepId: string;
  rung: string;
  caseId: string;
  /** Whose step it was then: id on the staff, or address. */
  owner: string | null;
  batchId: string;
  at: Temporal.Instant;
}
