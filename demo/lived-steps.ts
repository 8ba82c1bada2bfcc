import { Temporal } from 'temporal-polyfill';
import { previousSchoolDays, schoolDayAfter } from '../services/calendar/school-days.ts';
import type { SchoolCalendar } from '../services/config/municipality.ts';
import { type NotNeededReason, notNeededReasons } from '../services/routine/finish-step.ts';
import type { StepRow } from '../services/routine/routine-case.ts';
import { chance, pick } from './random.ts';

/** What its owner does about a step, and on which day. */
export type Deed = { readonly day: Temporal.PlainDate } & (
  | { readonly kind: 'done' }
  | { readonly kind: 'notNeeded'; readonly reason: NotNeededReason }
  | { readonly kind: 'moreTime'; readonly until: Temporal.PlainDate }
);

export interface Living {
  readonly seed: number;
  readonly calendar: SchoolCalendar;
  readonly today: Temporal.PlainDate;
  /** The first day that has not been lived. */
  readonly opening: Temporal.PlainDate;
}

/** Of the steps, so many go each way; what the law gives weight is neither late nor left for long. */
const DONE_IN_TIME = 0.66;
const DONE_LATE = 0.74;
const NOT_NEEDED = 0.8;
const GIVEN_MORE_TIME = 0.84;
/** Nobody leaves a step for longer: the coordinator has asked by then. */
const LEFT_AT_MOST = 15;
const MORE_TIME = 5;

/** What becomes of an open step; undefined where its owner leaves it. The same seed gives the same. */
export function deedOf(step: StepRow, living: Living): Deed | undefined {
  const { seed, calendar, opening } = living;
  // The case's own id is another each time.
  const keys = [seed, step.pupilId, step.level, step.key, step.round, `${step.isFollowUp}`] as const;
  const luck = step.legalWeight === null ? chance(...keys, 'fate') : chance(...keys, 'fate') * NOT_NEEDED;
  const hasMoreTime = Temporal.PlainDate.compare(step.dueDay, step.firstDueDay) > 0;
  if (luck < DONE_IN_TIME || (hasMoreTime && luck >= NOT_NEEDED))
    return { kind: 'done', day: within(step, living, chance(...keys, 'day')) };
  if (luck >= DONE_LATE && luck < NOT_NEEDED && step.legalWeight === null) {
    const day = within(step, living, chance(...keys, 'day'));
    return { kind: 'notNeeded', day, reason: pick(notNeededReasons, ...keys, 'reason') };
  }
  if (luck >= NOT_NEEDED && luck < GIVEN_MORE_TIME) {
    const until = schoolDayAfter(calendar, step.dueDay, MORE_TIME);
    return { kind: 'moreTime', day: step.dueDay, until };
  }
  const isLeft = luck >= GIVEN_MORE_TIME && isRecent(step, calendar, opening);
  if (isLeft) return undefined;
  return {
    kind: 'done',
    day: schoolDayAfter(calendar, step.dueDay, 1 + Math.floor(4 * chance(...keys, 'day'))),
  };
}

/** A school day from today to the day that it is due. */
function within({ dueDay }: StepRow, { calendar, today }: Living, share: number): Temporal.PlainDate {
  const days = [today, ...previousSchoolDays(calendar, dueDay.add({ days: 1 }), 30)].filter(
    (day) => Temporal.PlainDate.compare(day, today) >= 0,
  );
  return days[Math.floor(share * days.length)] ?? today;
}

function isRecent({ dueDay }: StepRow, calendar: SchoolCalendar, opening: Temporal.PlainDate): boolean {
  const [earliest = opening] = previousSchoolDays(calendar, opening, LEFT_AT_MOST);
  return Temporal.PlainDate.compare(dueDay, earliest) >= 0;
}
