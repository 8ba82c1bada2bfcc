import type { Generated } from 'kysely';
import type { Temporal } from 'temporal-polyfill';

/** A pupil above a limit of the routine: one row for each pupil and level, which a new crossing opens again. */
export interface RoutineCaseTable {
  id: Generated<string>;
  pupilId: string;
  schoolId: string;
  /** Key of the level in the routine. */
  level: string;
  /** `proposed` until a person has accepted it; `withdrawn` where data were corrected or a person declined it. */
  state: 'proposed' | 'open' | 'closed' | 'withdrawn';
  /** What it asks a person to confirm. */
  asks: 'close' | 'withdraw' | null;
  askedDay: Temporal.PlainDate | null;
  /** Counted up each time it is opened again; the steps of earlier rounds stay. */
  round: Generated<number>;
  /** The routine that was in force when it was proposed. */
  routineValidFrom: Temporal.PlainDate;
  crossedDay: Temporal.PlainDate;
  /** The rule that was crossed and by what: `Crossing` as JSON. */
  crossing: unknown;
  /** The first day without any limit of the level being crossed; null while one is. */
  belowSince: Temporal.PlainDate | null;
  proposedAt: Temporal.Instant;
  acceptedAt: Temporal.Instant | null;
  acceptedById: string | null;
  acceptedByName: string | null;
  endedAt: Temporal.Instant | null;
  endedById: string | null;
  endedByName: string | null;
  endedReason: string | null;
  /** Raised by every change; a button carries the version that it was drawn with. */
  version: Generated<number>;
}

/** Something that somebody is to do about a case. What the routine said when it arose stands in the row, and judges it. */
export interface RoutineStepTable {
  id: Generated<string>;
  caseId: string;
  round: number;
  /** Key of the step in the routine. */
  key: string;
  /** Its place among the steps of the level. */
  place: number;
  /** The look back that a done step asks for some days later. */
  isFollowUp: Generated<boolean>;
  pupilId: string;
  schoolId: string;
  level: string;
  routineValidFrom: Temporal.PlainDate;
  /** Who the routine asks; `ownerRole` says as what the owner answers. */
  role: string;
  dueInSchoolDays: number;
  followUpInDays: number | null;
  legalWeight: string | null;
  /** `guardianLetter` or `contactPerson`, where doing it is more than saying so. */
  kind: string | null;
  /** `proposed` until the case is accepted; `dropped` with a case that was withdrawn. */
  state: 'proposed' | 'open' | 'done' | 'notNeeded' | 'dropped';
  ownerStaffId: string | null;
  /** Where the municipality file names the owner: by this address. */
  ownerAddress: string | null;
  ownerRole: string | null;
  /** The version with which it came to whoever has it: they are told of each once. */
  givenVersion: Generated<number>;
  firstDueDay: Temporal.PlainDate;
  dueDay: Temporal.PlainDate;
  openedAt: Temporal.Instant | null;
  /** The day it was done, which may be before the day it was told. */
  doneDay: Temporal.PlainDate | null;
  endedAt: Temporal.Instant | null;
  endedById: string | null;
  endedByName: string | null;
  /** Why it was not needed: a code. */
  reason: string | null;
  version: Generated<number>;
}
