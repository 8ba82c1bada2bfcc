import { Temporal } from 'temporal-polyfill';
import type { DemoPupil } from './municipality.ts';
import { chance } from './random.ts';
import { STAGED_DAY } from './staged.ts';
import { TIME_ZONE } from './timetable.ts';

/** What becomes of a pupil on one day, before single lessons are looked at. */
export interface DayPlan {
  /** The lessons in places before this one are missed. */
  readonly misses: number;
  readonly notice: { readonly type: NoticeType; readonly madeAt: Temporal.Instant } | undefined;
  /** Minutes late to the first lesson, where that is set. */
  readonly late: number;
  /** In the lessons in places before this one nothing else happens. */
  readonly set: number;
}

export type NoticeType = 'Anmäld frånvaro' | 'Beviljad ledighet';

const ALL_DAY = 99;
const UNSET = { late: 0, set: 0 };
/** Whoever oversleeps is there for the third lesson. */
const OVERSLEPT = 2;
/** Weeks in which half as many again are away. */
const FLU_WEEKS: ReadonlySet<number> = new Set([6, 7, 46, 47]);
const YEAR_BEGINS = Temporal.PlainDate.from('2026-08-17');
/** A school's day is asked for thousands of times; what is dear to find out of it is found out once. */
const numbers = new WeakMap<Temporal.PlainDate, number>();
const factors = new WeakMap<Temporal.PlainDate, number>();

/**
 * How a pupil's absence is made up: whole days, single lessons, minutes of coming late. The more of it, the more in days; whoever
 * gets lost on the way is at school nearly every day.
 */
export function sharesOf({ absence, isLostOnTheWay }: DemoPupil): {
  days: number;
  lessons: number;
  late: number;
} {
  if (isLostOnTheWay) return { days: 0.25, lessons: 0.65, late: 0.1 };
  const days = Math.min(0.74 + 0.2 * absence, 0.95);
  return { days, lessons: ((1 - days) * 2) / 3, late: (1 - days) / 3 };
}

/** A pupil's day; the same keys give the same one. */
export function dayPlan(seed: number, pupil: DemoPupil, day: Temporal.PlainDate): DayPlan {
  const staged = stagedPlan(pupil, day);
  if (staged !== undefined) return staged;
  if (!isAway(seed, pupil, day)) return { misses: 0, notice: undefined, ...UNSET };
  const keys = [seed, pupil.id, day.toString()] as const;
  if (chance(...keys, 'told') >= toldShare(pupil)) {
    const oversleeps = chance(...keys, 'oversleeps') < 0.25;
    return { misses: oversleeps ? OVERSLEPT : ALL_DAY, notice: undefined, ...UNSET };
  }
  const isLeave = chance(...keys, 'leave') < 0.06;
  return {
    misses: ALL_DAY,
    notice: isLeave
      ? { type: 'Beviljad ledighet', madeAt: atMinute(day.subtract({ days: 6 }), 14 * 60) }
      : { type: 'Anmäld frånvaro', madeAt: madeAt(seed, pupil, day) },
    ...UNSET,
  };
}

function stagedPlan({ staged }: DemoPupil, day: Temporal.PlainDate): DayPlan | undefined {
  if (staged === undefined) return undefined;
  const { awayFrom, awayTo, missed, misses = 0, notice, late = 0, set = ALL_DAY } = staged;
  const iso = day.toString();
  if (day.equals(STAGED_DAY)) {
    return {
      misses,
      notice: notice && {
        type: notice.type,
        madeAt: Temporal.PlainDateTime.from(notice.madeAt).toZonedDateTime(TIME_ZONE).toInstant(),
      },
      late,
      set,
    };
  }
  if (missed !== undefined && iso < STAGED_DAY.toString())
    return { misses: missed[iso] ?? 0, notice: undefined, late: 0, set: ALL_DAY };
  const isAwayThen = awayFrom !== undefined && awayTo !== undefined && awayFrom <= iso && iso <= awayTo;
  return isAwayThen ? { misses: ALL_DAY, notice: undefined, ...UNSET } : undefined;
}

/** Seven of ten are told of before eight o'clock, as they should; the others while the morning goes on. */
function madeAt(seed: number, pupil: DemoPupil, day: Temporal.PlainDate): Temporal.Instant {
  const luck = chance(seed, pupil.id, day.toString(), 'when');
  const spread = chance(seed, pupil.id, day.toString(), 'minute');
  const [from, length] =
    luck < 0.7 ? [6 * 60 + 15, 100] : luck < 0.88 ? [8 * 60 + 50, 65] : [11 * 60 + 5, 30];
  return atMinute(day, from + Math.round(spread * length));
}

function atMinute(day: Temporal.PlainDate, minute: number): Temporal.Instant {
  const plainTime = Temporal.PlainTime.from({ hour: Math.floor(minute / 60), minute: minute % 60 });
  return day.toZonedDateTime({ timeZone: TIME_ZONE, plainTime }).toInstant();
}

/** Absence comes in spells: the more of it, the longer they are. */
function isAway(seed: number, pupil: DemoPupil, day: Temporal.PlainDate): boolean {
  const length = spellLength(pupil.absence);
  const offset = Math.floor(chance(seed, pupil.id, 'offset') * length);
  const number = remembered(numbers, day, () => YEAR_BEGINS.until(day).days);
  const spell = Math.floor((number + offset) / length);
  const { days } = sharesOf(pupil);
  return chance(seed, pupil.id, spell, 'away') < pupil.absence * days * dayFactor(day);
}

function spellLength(absence: number): number {
  if (absence > 0.5) return 21;
  if (absence > 0.3) return 7;
  return absence > 0.15 ? 3 : 1;
}

/** More on Mondays and Fridays, and in the weeks of the flu; one over the year. */
export function dayFactor(day: Temporal.PlainDate): number {
  return remembered(factors, day, () => {
    const flu = FLU_WEEKS.has(day.weekOfYear ?? 0) ? 1.43 : 0.95;
    return flu * (day.dayOfWeek === 1 || day.dayOfWeek === 5 ? 1.15 : 0.9);
  });
}

function remembered(
  known: WeakMap<Temporal.PlainDate, number>,
  day: Temporal.PlainDate,
  find: () => number,
): number {
  const found = known.get(day) ?? find();
  known.set(day, found);
  return found;
}

/** Nearly all whole days are told of; single lessons and late minutes are what is invalid. */
function toldShare(pupil: DemoPupil): number {
  const { validShare } = pupil;
  const { days, lessons } = sharesOf(pupil);
  return Math.min(1, (validShare - lessons * EXCUSED_LESSONS * validShare) / days);
}

/** Of single lessons, so much of a pupil's valid share is excused. */
export const EXCUSED_LESSONS = 0.5;
