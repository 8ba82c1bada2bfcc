import type { Temporal } from 'temporal-polyfill';
import type { PupilName } from '../people/pupil-names.ts';
import type { Crossing } from './crossings.ts';
import type { CaseRow } from './routine-case.ts';

/** What a case waits for: that it is accepted or declined, or what it asks to be confirmed. */
export type Asks = 'accept' | 'close' | 'withdraw';

/** The cases of a school that wait for its coordinators. A protected pupil has a reference and no name. */
export interface CasesView {
  readonly schoolId: string;
  readonly schoolName: string;
  readonly day: Temporal.PlainDate;
  /** There is a newer card: this one only says so. */
  readonly isReplaced: boolean;
  /** By level, the gravest first; in each by group and name. */
  readonly cases: readonly CaseLine[];
}

export interface CaseLine {
  readonly id: string;
  readonly pupilId: string;
  readonly pupil: PupilName;
  readonly level: string;
  readonly levelName: string;
  readonly crossing: Crossing;
  readonly crossedDay: Temporal.PlainDate;
  readonly belowSince: Temporal.PlainDate | undefined;
  readonly asks: Asks;
  /** The pupil has left the school. */
  readonly hasLeft: boolean;
}

/** What a case waits for; undefined where nobody has to say anything. */
export function askOf({ state, asks }: Pick<CaseRow, 'state' | 'asks'>): Asks | undefined {
  if (state !== 'proposed' && state !== 'open') return undefined;
  return asks ?? (state === 'proposed' ? 'accept' : undefined);
}
