import { Temporal } from 'temporal-polyfill';
import type { StepRow } from './routine-case.ts';

/** What became of the steps that were due in a period. */
export interface Compliance {
  readonly steps: number;
  readonly onTime: number;
  readonly late: number;
  /** Not done, and due before today. */
  readonly overdue: number;
  /** Not done, and still within its time. */
  readonly open: number;
  readonly notNeeded: number;
  /** Of all of them, those that were given more time; they are judged by the day they have now. */
  readonly withMoreTime: number;
}

export type StepFate = 'onTime' | 'late' | 'overdue' | 'open' | 'notNeeded';

type Judged = Pick<StepRow, 'state' | 'doneDay' | 'dueDay' | 'firstDueDay' | 'legalWeight'>;

export const NO_STEPS: Compliance = {
  steps: 0,
  onTime: 0,
  late: 0,
  overdue: 0,
  open: 0,
  notNeeded: 0,
  withMoreTime: 0,
};

/**
 * What became of a step, as of `day`; undefined for one that nobody was asked to do, or whose case was withdrawn. What the law
 * gives weight is judged by the day it was due first: nobody can give it more time.
 */
export function stepFate(step: Judged, day: Temporal.PlainDate): StepFate | undefined {
  const due = step.legalWeight === null ? step.dueDay : step.firstDueDay;
  switch (step.state) {
    case 'proposed':
    case 'dropped':
      return undefined;
    case 'notNeeded':
      return 'notNeeded';
    case 'open':
      return Temporal.PlainDate.compare(day, due) > 0 ? 'overdue' : 'open';
    case 'done':
      return step.doneDay !== null && Temporal.PlainDate.compare(step.doneDay, due) > 0 ? 'late' : 'onTime';
  }
}

/** Shares between 0 and 1 of all the steps, not rounded; undefined where there are none. */
export function complianceShares(compliance: Compliance): Readonly<Record<StepFate, number>> | undefined {
  const { steps, onTime, late, overdue, open, notNeeded } = compliance;
  if (steps === 0) return undefined;
  const share = (count: number) => count / steps;
  return {
    onTime: share(onTime),
    late: share(late),
    overdue: share(overdue),
    open: share(open),
    notNeeded: share(notNeeded),
  };
}
