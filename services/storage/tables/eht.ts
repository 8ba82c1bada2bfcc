import type { Generated } from 'kysely';
import type { Temporal } from 'temporal-polyfill';

/** A meeting of a school's EHT whose list has been posted; its day names it. */
export interface EhtMeetingTable {
  schoolId: string;
  day: Temporal.PlainDate;
  startsAt: Temporal.Instant;
  /** As the settings said when the list was posted. */
  endsAt: Temporal.Instant;
  listedAt: Temporal.Instant;
  closedAt: Temporal.Instant | null;
  /** Null where Sedd closed it at its end. */
  closedById: string | null;
  closedByName: string | null;
}

/** A pupil on a meeting's list. */
export interface EhtPupilTable {
  schoolId: string;
  day: Temporal.PlainDate;
  pupilId: string;
  /** Where on the list, as it was when the list was posted. */
  section: 'carried' | 'new' | 'other';
  takenUpAt: Temporal.Instant | null;
  takenUpById: string | null;
  takenUpByName: string | null;
}

/** A step of the routine that was handled at a meeting. */
export interface EhtStepTable {
  schoolId: string;
  day: Temporal.PlainDate;
  stepId: string;
  pupilId: string;
}

/** A point of the checklist for a pupil: ticked, or ticked once and no longer. */
export interface EhtPointTable {
  id: Generated<string>;
  schoolId: string;
  pupilId: string;
  /** Key of the point in the routine. */
  key: string;
  tickedAt: Temporal.Instant | null;
  tickedById: string | null;
  tickedByName: string | null;
  version: Generated<number>;
}

/** Something that EHT has decided about a pupil. Keys and ids only: notes belong in the pupil-health record. */
export interface EhtDecisionTable {
  id: Generated<string>;
  schoolId: string;
  /** The meeting's. */
  day: Temporal.PlainDate;
  pupilId: string;
  /** Key of the decision in the routine. */
  key: string;
  routineValidFrom: Temporal.PlainDate;
  /** Who is to see to it, by their address in the municipality file. */
  ownerAddress: string;
  dueDay: Temporal.PlainDate;
  state: 'open' | 'done' | 'withdrawn';
  madeAt: Temporal.Instant;
  madeById: string;
  madeByName: string;
  endedAt: Temporal.Instant | null;
  endedById: string | null;
  endedByName: string | null;
  version: Generated<number>;
}

/** That the owner of a decision has been reminded of it: at most once when it is due, and once after. */
export interface EhtReminderTable {
  decisionId: string;
  rung: 'due' | 'after';
  schoolId: string;
  day: Temporal.PlainDate;
  ownerAddress: string;
  at: Temporal.Instant;
}
