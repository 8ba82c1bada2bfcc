import type { Temporal } from 'temporal-polyfill';
import { isShareOver, type Sums } from '../attendance/rate.ts';
import type { SubjectSums } from '../attendance/subject-sums.ts';
import type { PupilSums, WindowSums } from '../attendance/window-sums.ts';
import type { Metric, Routine, RoutineLevel, RoutineRule, WindowName } from '../config/routine.ts';

/** A limit that a pupil is above: by which rule of the level, and by what value, unrounded. */
export interface Crossing {
  readonly level: string;
  readonly metric: Metric;
  readonly window?: WindowName | undefined;
  readonly over: number;
  readonly value: number;
  /** Where it is about one subject. */
  readonly subject?: string | undefined;
  /** How much of what was offered was reported, where that was not all of it. */
  readonly reporting?: number | undefined;
}

/** What the rules judge. */
export interface PupilFacts {
  readonly sums: PupilSums;
  /** Sums per subject, by window; only of windows that some rule asks for. */
  readonly subjects: Readonly<Partial<Record<WindowName, readonly SubjectSums[]>>>;
}

/** With fewer school days than this in a window, as after summer, two days of fever would be half of what is known. */
const LEAST_DAYS = 5;
const LEAST_LESSONS = 4;

/** The routine in force on a day: the last one that had begun. `routines` earliest first. */
export function routineOn(routines: readonly Routine[], day: Temporal.PlainDate): Routine | undefined {
  return routines.findLast(({ validFrom }) => validFrom <= day.toString());
}

/** The levels whose limits a pupil is above, each with the first rule that says so; strictly, on the unrounded value. */
export function crossings(routine: Routine, facts: PupilFacts): readonly Crossing[] {
  return routine.levels.flatMap((level) => crossingOf(level, facts) ?? []);
}

function crossingOf(level: RoutineLevel, facts: PupilFacts): Crossing | undefined {
  for (const rule of level.when) {
    const found = measure(rule, facts);
    if (found !== undefined) return { level: level.key, ...rule, ...found };
  }
  return undefined;
}

type Measured = Pick<Crossing, 'value' | 'subject' | 'reporting'>;

/** By how much a rule's limit is crossed; undefined where it is not. */
export function measure(rule: RoutineRule, { sums, subjects }: PupilFacts): Measured | undefined {
  if (rule.metric === 'consecutiveDays') return countOver(sums.daysInRow, rule);
  const window = rule.window === undefined ? undefined : sums.windows[rule.window];
  if (rule.window === undefined || window === undefined) return undefined;
  switch (rule.metric) {
    case 'occasions':
      return countOver(window.occasions, rule);
    case 'invalidLessons':
      return countOver(window.invalidLessons, rule);
    case 'totalAbsence':
      return shareOver(window, absentMinutes(window), rule);
    case 'invalidAbsence':
      return shareOver(window, window.invalidMinutes, rule);
    case 'oneSubject':
      return worstSubject(window, subjects[rule.window] ?? [], rule);
  }
}

function countOver(value: number, { over }: RoutineRule): { readonly value: number } | undefined {
  return value > over ? { value } : undefined;
}

function shareOver(window: WindowSums, minutes: number, rule: RoutineRule): Measured | undefined {
  if (window.schoolDays < leastDays(rule)) return undefined;
  const { offeredMinutes } = window;
  return isShareOver(minutes, offeredMinutes, rule.over)
    ? { value: minutes / offeredMinutes, ...reportingOf(window) }
    : undefined;
}

function worstSubject(
  window: WindowSums,
  subjects: readonly SubjectSums[],
  rule: RoutineRule,
): Measured | undefined {
  if (window.schoolDays < leastDays(rule)) return undefined;
  const [worst] = subjects
    .filter(({ lessons }) => lessons >= (rule.leastLessons ?? LEAST_LESSONS))
    .filter((sums) => isShareOver(absentMinutes(sums), sums.offeredMinutes, rule.over))
    .map((sums) => ({
      subject: sums.subject,
      value: absentMinutes(sums) / sums.offeredMinutes,
      ...reportingOf(sums),
    }))
    .toSorted((a, b) => b.value - a.value);
  return worst;
}

/** A share of which not everything is known says so. */
function reportingOf({ reportedMinutes, offeredMinutes }: Sums): Pick<Crossing, 'reporting'> {
  return reportedMinutes < offeredMinutes ? { reporting: reportedMinutes / offeredMinutes } : {};
}

function leastDays({ leastDays: least, window }: RoutineRule): number {
  return least ?? (window === 'today' ? 1 : LEAST_DAYS);
}

function absentMinutes({ validMinutes, invalidMinutes }: Sums): number {
  return validMinutes + invalidMinutes;
}
