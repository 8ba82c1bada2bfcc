import type { Temporal } from 'temporal-polyfill';
import type { FollowUpLine } from '../follow-up/follow-up-line.ts';

/** What a mentor group's morning card shows: plain data, names resolved, protected pupils already left out. */
export interface MorningView {
  readonly schoolId: string;
  readonly schoolName: string;
  readonly groupId: string;
  readonly groupName: string;
  readonly day: Temporal.PlainDate;
  readonly timeZone: string;
  /** When the data were pulled. */
  readonly dataAt: Temporal.Instant;
  /** Absent in a reported lesson without notice. Those to contact come first, then by name. */
  readonly missing: readonly PupilLine[];
  /**
   * Long-term absent pupils of whom nothing is reported yet today, or whose first lesson is still to come, and whoever is
   * still to be contacted although what was reported has been taken back: neither absent nor present, but to be seen.
   */
  readonly notSeenYet: readonly PupilLine[];
  /** With a guardian's report, granted leave, or absence the teacher marked as valid. */
  readonly reported: readonly PupilLine[];
  /** Lessons that have started, concern the group, and are not reported. In order of time. */
  readonly unreportedLessons: readonly { readonly subject: string; readonly startsAt: Temporal.Instant }[];
  readonly quality: {
    readonly lessonsStarted: number;
    readonly lessonsReported: number;
    /** Pupils who came late to a lesson today and are here now. */
    readonly lateArrivals: number;
  };
}

export interface PupilLine {
  readonly pupilId: string;
  readonly name: string;
  /** Why they stand in `reported`; undefined elsewhere. */
  readonly notice: 'reported' | 'leave' | 'valid' | undefined;
  readonly lessonsMissed: number;
  readonly lateArrivals: number;
  /** School days in a row, up to today where lessons were missed today, else up to the last one before; 0: none known. */
  readonly daysInRow: number;
  readonly isLongTerm: boolean;
  /** Undefined where nobody has to make contact. */
  readonly followUp: FollowUpLine | undefined;
}
