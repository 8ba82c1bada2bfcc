import type { Temporal } from 'temporal-polyfill';
import type { Rate } from '../attendance/rate.ts';
import type { StillAhead } from '../routine/before-done.ts';
import type { EhtPerson } from './eht-people.ts';
import type { EhtLine, EhtListView } from './list-view.ts';

/** One pupil at a meeting of EHT's. */
export interface EhtPupilView {
  readonly line: EhtLine;
  readonly list: Pick<EhtListView, 'schoolId' | 'day' | 'state' | 'asOf'>;
  /** Counted from 1, of so many, and who comes before and after on the list. */
  readonly place: { readonly number: number; readonly of: number };
  readonly previousId: string | undefined;
  readonly nextId: string | undefined;
  /** Names, the gravest first. */
  readonly levels: readonly { readonly name: string; readonly since: Temporal.PlainDate }[];
  readonly term: Rate | undefined;
  readonly steps: readonly EhtStep[];
  readonly points: readonly EhtPoint[];
  readonly decisions: readonly EhtDecisionLine[];
  /** What can be decided, and for whom; what is decided and not done is not offered again. */
  readonly offered: readonly OfferedDecision[];
  readonly people: readonly EhtPerson[];
}

export interface EhtStep {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly isFollowUp: boolean;
  readonly state: 'due' | 'overdue' | 'done' | 'notNeeded';
  readonly dueDay: Temporal.PlainDate;
  readonly doneDay: Temporal.PlainDate | undefined;
  readonly owner: string | undefined;
  readonly hasLegalWeight: boolean;
  /** What has to come before it can be done; undefined where nothing has. */
  readonly waitsFor: StillAhead | undefined;
}

export interface EhtPoint {
  readonly key: string;
  readonly name: string;
  /** Undefined where it is not ticked. */
  readonly ticked: { readonly by: string; readonly day: Temporal.PlainDate } | undefined;
}

export interface EhtDecisionLine {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly owner: string;
  /** The meeting's. */
  readonly day: Temporal.PlainDate;
  readonly dueDay: Temporal.PlainDate;
  readonly state: 'open' | 'overdue' | 'done';
  readonly doneBy: string | undefined;
  readonly doneDay: Temporal.PlainDate | undefined;
  readonly isEarlier: boolean;
}

export interface OfferedDecision {
  readonly key: string;
  readonly name: string;
}
