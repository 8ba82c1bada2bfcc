import type { GateLimits } from '../config/municipality.ts';
import type { HoldReason } from '../storage/tables/morning.ts';

/** What is known of the lessons at some time. */
export interface LessonFigures {
  readonly lessonsStarted: number;
  readonly lessonsReported: number;
}

export interface GateFigures extends LessonFigures {
  readonly pupils: number;
  /** Absent without notice in what is reported so far. */
  readonly missing: number;
  /** How many usually miss a lesson without notice in a day; undefined with too little history. */
  readonly usual: number | undefined;
}

/** What is taken as usual until there is a history: one pupil in twenty. */
const USUAL_SHARE = 0.05;

/**
 * Why a school's morning should be held and a person asked; empty where it may go out. A false alarm to a whole school
 * costs more trust than a card that comes a little later.
 */
export function holdReasons(figures: GateFigures, limits: GateLimits): readonly HoldReason[] {
  const { lessonsStarted: started, lessonsReported: reported, missing, pupils } = figures;
  if (started === 0) return [{ kind: 'noLessons' }];
  const reasons: HoldReason[] = [];
  if (reported < limits.leastReported * started) {
    reasons.push({ kind: 'fewLessonsReported', reported, started, least: limits.leastReported });
  }
  const usual = figures.usual ?? USUAL_SHARE * pupils;
  if (missing > limits.timesUsual * usual && missing >= limits.leastShareAbsent * pupils) {
    reasons.push({ kind: 'manyAbsent', absent: missing, usual: Math.round(usual), pupils });
  }
  return reasons;
}

/**
 * Why a later reading should be held when the morning is out already; empty where the cards may follow it. `known` is what
 * the cards stand on. That few lessons are reported is ordinary while the day goes on: only a reading that knows less than
 * `known` is in doubt for it. What a person has said yes to is not asked again.
 */
export function readingHoldReasons(
  figures: GateFigures,
  known: LessonFigures,
  accepted: ReadonlySet<HoldReason['kind']>,
  limits: GateLimits,
): readonly HoldReason[] {
  const lost = figures.lessonsStarted === 0 ? 0 : known.lessonsStarted;
  const lessonsStarted = Math.max(figures.lessonsStarted, lost);
  const isInDoubt = {
    noLessons: known.lessonsStarted > 0,
    fewLessonsReported: figures.lessonsReported < known.lessonsReported,
    manyAbsent: true,
  };
  return holdReasons({ ...figures, lessonsStarted }, limits).filter(
    ({ kind }) => isInDoubt[kind] && !accepted.has(kind),
  );
}
