import type { Temporal } from 'temporal-polyfill';
import type { PatternFindings } from '../attendance/pattern-findings.ts';
import type { WeekSums } from '../attendance/week-sums.ts';
import type { WindowSums } from '../attendance/window-sums.ts';
import type { WindowName } from '../config/routine.ts';
import type { CaseRow, StepRow } from '../routine/routine-case.ts';
import type { ContactMethod, Counterpart } from '../storage/tables/follow-up.ts';

/** All that there is about one pupil's absence and what was done about it. No reasons: nobody has them. */
export interface PupilPageView {
  readonly pupilId: string;
  readonly name: string;
  readonly groupName: string;
  readonly grade: number | undefined;
  readonly schoolName: string;
  readonly day: Temporal.PlainDate;
  readonly contactPerson: string | undefined;
  /** Weeks of the term, in order. */
  readonly weeks: readonly WeekSums[];
  readonly windows: Readonly<Partial<Record<WindowName, WindowSums>>>;
  /** School days in a row with absence in every reported lesson. */
  readonly daysInRow: number;
  /** Of the term's lessons; undefined where there are none. */
  readonly pattern: PatternFindings | undefined;
  /** The last ten, the newest first. */
  readonly contacts: readonly PageContact[];
  readonly moreContacts: number;
  /** Every case that ever was, the newest first. */
  readonly cases: readonly PageCase[];
}

export interface PageContact {
  readonly day: Temporal.PlainDate;
  readonly at: Temporal.Instant;
  readonly by: string;
  readonly outcome: 'reached' | 'notReached';
  readonly method: ContactMethod | undefined;
  readonly counterpart: Counterpart | undefined;
}

export interface PageCase {
  readonly levelName: string;
  /** Of what is withdrawn, that which a person has turned down is told apart from what rested on wrong data. */
  readonly state: CaseRow['state'] | 'declined';
  readonly crossedDay: Temporal.PlainDate;
  readonly endedDay: Temporal.PlainDate | undefined;
  /** In the order of rounds and of the routine. */
  readonly steps: readonly PageStep[];
}

export interface PageStep {
  readonly name: string;
  readonly isFollowUp: boolean;
  readonly state: StepRow['state'];
  readonly isOverdue: boolean;
  readonly hasLegalWeight: boolean;
  readonly dueDay: Temporal.PlainDate;
  readonly doneDay: Temporal.PlainDate | undefined;
  readonly by: string | undefined;
}
