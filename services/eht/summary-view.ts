import type { Temporal } from 'temporal-polyfill';
import type { EhtDecisionLine } from './pupil-view.ts';

/** What came of a meeting of EHT's, as it stands now. Without protected pupils, who are counted. */
export interface EhtSummaryView {
  readonly schoolId: string;
  readonly schoolName: string;
  readonly day: Temporal.PlainDate;
  readonly closedAt: Temporal.Instant | undefined;
  /** Undefined where it was closed at its end. */
  readonly closedBy: string | undefined;
  readonly takenUp: readonly EhtSummaryPupil[];
  /** Whom the next meeting begins with. */
  readonly passedOver: readonly { readonly name: string; readonly groupName: string }[];
  readonly protectedPupils: number;
}

export interface EhtSummaryPupil {
  readonly pupilId: string;
  readonly name: string;
  readonly groupName: string;
  /** Steps of the routine that were handled at the meeting. */
  readonly steps: readonly { readonly name: string; readonly state: 'done' | 'notNeeded' | 'open' }[];
  readonly decisions: readonly EhtDecisionLine[];
}
