import { Temporal } from 'temporal-polyfill';
import { dayAt } from '../clock.ts';
import { closingReasons, type StepRow } from './routine-case.ts';

/** What became of the steps that were due in a period. */
export interface Compliance {
  readonly steps: number;
  readonly onTime: number;
  readonly late: number;
  /** Not done, and due before today, or before its case was closed. */
  readonly overdue: number;
  /** Not done, and still within its time. */
  readonly open: number;
  readonly notNeeded: number;
  /** Of all of them, those that were given more time; they are judged by the day they have now. */
  readonly withMoreTime: number;
}

export type StepFate = 'onTime' | 'late' | 'overdue' | 'open' | 'notNeeded';

type Judged = Pick<
  StepRow,
  'state' | 'doneDay' | 'dueDay' | 'firstDueDay' | 'legalWeight' | 'reason' | 'endedAt'
>;

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
 * gives weight is judged by the day it was due first: nobody can give it more time. With `timeZone`, by which a closing has its
 * day, what was overdue when its case was closed stays so; without, it waits for nobody any more and is not needed.
 */
export function stepFate(
  step: Judged,
  day: Temporal.PlainDate,
  timeZone?: string | undefined,
): StepFate | undefined {
  const due = judgedBy(step);
  switch (step.state) {
    case 'proposed':
    case 'dropped':
      return undefined;
    case 'notNeeded':
      return timeZone !== undefined && isLeftUndone(step, due, timeZone) ? 'overdue' : 'notNeeded';
    case 'open':
      return Temporal.PlainDate.compare(day, due) > 0 ? 'overdue' : 'open';
    case 'done':
      return step.doneDay !== null && Temporal.PlainDate.compare(step.doneDay, due) > 0 ? 'late' : 'onTime';
  }
}

/** Whether the closing of its case ended it, after the day by which it was to be done. */
function isLeftUndone({ reason, endedAt }: Judged, due: Temporal.PlainDate, timeZone: string): boolean {
  if (endedAt === null || !closingReasons.some((one) => one === reason)) return false;
  return Temporal.PlainDate.compare(dayAt(endedAt, { timeZone }), due) > 0;
}

/** The day by which a step is judged. */
export function judgedBy({
  legalWeight,
  dueDay,
  firstDueDay,
}: Pick<StepRow, 'legalWeight' | 'dueDay' | 'firstDueDay'>): Temporal.PlainDate {
  return legalWeight === null ? dueDay : firstDueDay;
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
