import type { PatternCell, Transition } from './patterns.ts';
import { addSums, rate, type Sums } from './rate.ts';

/** Absence at a place of the week, as a fraction of what was offered there. */
export interface PlaceShare {
  readonly weekday: number;
  readonly lessonNumber: number;
  readonly share: number;
}

/** What stands out of a pattern, and the pattern itself by weekday and lesson. */
export interface PatternFindings {
  /** Total absence of all the lessons together. */
  readonly overall: number;
  /** Every place with lessons enough to say something, in order. */
  readonly places: readonly PlaceShare[];
  /** The place that stands out most, where one does. */
  readonly strongest: PlaceShare | undefined;
  /** The weekday that stands out most, where one does. */
  readonly weekday: { readonly weekday: number; readonly share: number } | undefined;
  /** What stands out of how the pupil comes to a lesson. */
  readonly transition: { readonly transition: Transition; readonly share: number } | undefined;
}

/** Of fewer lessons one day of fever would make a pattern. */
const LEAST_LESSONS = 4;
/** What stands out is half as much again as the whole, and a tenth of what was offered more. */
const TIMES_OVERALL = 1.5;
const SHARE_MORE = 0.1;

/** Finds what stands out; of lessons of which nothing is absent, nothing does. */
export function patternFindings(cells: readonly PatternCell[]): PatternFindings {
  const overall = shareOf(cells);
  const places = grouped(cells, ({ weekday, lessonNumber }) => `${weekday}/${lessonNumber}`).map((own) => ({
    weekday: own[0]?.weekday ?? 0,
    lessonNumber: own[0]?.lessonNumber ?? 0,
    share: shareOf(own),
  }));
  const weekdays = grouped(cells, ({ weekday }) => String(weekday)).map((own) => ({
    weekday: own[0]?.weekday ?? 0,
    share: shareOf(own),
  }));
  const transitions = grouped(cells, ({ transition }) => transition).map((own) => ({
    transition: own[0]?.transition ?? 'first',
    share: shareOf(own),
  }));
  return {
    overall,
    places: places.toSorted((a, b) => a.lessonNumber - b.lessonNumber || a.weekday - b.weekday),
    strongest: standingOut(places, overall),
    weekday: standingOut(weekdays, overall),
    transition: standingOut(transitions, overall),
  };
}

function standingOut<T extends { readonly share: number }>(
  all: readonly T[],
  overall: number,
): T | undefined {
  const [first] = all.toSorted((a, b) => b.share - a.share);
  if (first === undefined) return undefined;
  return first.share >= overall * TIMES_OVERALL && first.share >= overall + SHARE_MORE ? first : undefined;
}

/** Cells that are alike, where they have lessons enough together. */
function grouped(
  cells: readonly PatternCell[],
  keyOf: (cell: PatternCell) => string,
): readonly (readonly PatternCell[])[] {
  const groups = new Map<string, PatternCell[]>();
  for (const cell of cells) {
    const own = groups.get(keyOf(cell));
    if (own === undefined) groups.set(keyOf(cell), [cell]);
    else own.push(cell);
  }
  return [...groups.values()].filter(
    (own) => own.reduce((sum, { lessons }) => sum + lessons, 0) >= LEAST_LESSONS,
  );
}

function shareOf(all: readonly Sums[]): number {
  return rate(addSums(all)).absence ?? 0;
}
