import type { Temporal } from 'temporal-polyfill';
import type { Rate } from '../attendance/rate.ts';
import type { Compliance } from '../routine/compliance.ts';
import type { Section } from './list-section.ts';

/** The list of a meeting of EHT's, as it stands now. Without protected pupils, who are counted. */
export interface EhtListView {
  readonly schoolId: string;
  readonly schoolName: string;
  readonly day: Temporal.PlainDate;
  readonly startsAt: Temporal.Instant | undefined;
  /** `preview` before the list was posted; `replaced` when that of a later meeting has been. */
  readonly state: 'preview' | 'open' | 'closed' | 'replaced' | 'notHeld';
  readonly closedAt: Temporal.Instant | undefined;
  /** Undefined where it was closed at its end. */
  readonly closedBy: string | undefined;
  readonly previousDay: Temporal.PlainDate | undefined;
  /** The last day that the shares of absence count. */
  readonly asOf: Temporal.PlainDate;
  readonly compliance: EhtCompliance;
  /** In the order that they are taken up. */
  readonly pupils: readonly EhtLine[];
  readonly protectedPupils: number;
}

export interface EhtCompliance {
  /** Undefined where there was no meeting before. */
  readonly sinceLast: Compliance | undefined;
  readonly term: Compliance;
}

export interface EhtLine {
  readonly pupilId: string;
  readonly name: string;
  readonly groupName: string;
  readonly section: Section;
  readonly isTakenUp: boolean;
  /** Name of the gravest level; undefined where no case is open any more. */
  readonly level: string | undefined;
  /** Of the last four weeks; undefined where nothing is known of them. */
  readonly fourWeeks: Rate | undefined;
  readonly contactPerson: string | undefined;
  readonly steps: StepCounts;
  readonly decisions: { readonly open: number; readonly overdue: number };
  readonly news: EhtNews;
}

export interface StepCounts {
  readonly done: number;
  readonly due: number;
  readonly overdue: number;
}

/** What has come since the last meeting, besides that the pupil is new on the list. */
export interface EhtNews {
  /** Names of levels that were reached. */
  readonly levels: readonly string[];
  readonly stepsDone: number;
  /** The absence has ceased: a case asks to be closed. */
  readonly asksToClose: boolean;
}
