import type { Temporal } from 'temporal-polyfill';
import type { Metric, WindowName } from '../config/routine.ts';
import type { Filtered, PupilFilter } from './pupil-filter.ts';

/** A school's pupils with cases of the routine, for those who may see them all. */
export interface PupilListView {
  readonly schoolId: string;
  readonly schoolName: string;
  readonly day: Temporal.PlainDate;
  readonly filter: PupilFilter;
  /** What can be chosen from: levels from the gravest, the others in order. */
  readonly levels: readonly PupilLevel[];
  readonly grades: readonly number[];
  readonly groups: readonly string[];
  readonly metrics: readonly Metric[];
  /** The gravest level first, in each the most absent first. */
  readonly pupils: readonly PupilLine[];
  /** Those without a name, in the same order. */
  readonly protectedPupils: readonly ProtectedLine[];
}

export interface PupilLevel {
  readonly key: string;
  readonly name: string;
}

export interface PupilStanding {
  /** The gravest of the pupil's levels. */
  readonly level: PupilLevel;
  /** Nobody has accepted the case of that level yet. */
  readonly isProposed: boolean;
  /** Undefined where no day of the window is known. */
  readonly absence: PupilAbsence | undefined;
  /** Steps that should have been done. */
  readonly overdue: number;
}

/** Fractions of what was offered in a window. */
export interface PupilAbsence {
  readonly window: WindowName;
  readonly total: number;
  /** How much of what was offered is reported. */
  readonly reporting: number;
}

export interface PupilLine extends PupilStanding, Filtered {
  readonly level: PupilLevel;
  readonly overdue: number;
  readonly pupilId: string;
  readonly name: string;
}

export interface ProtectedLine extends PupilStanding {
  /** What alone the student system can resolve. */
  readonly reference: string;
}
