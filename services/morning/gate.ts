import type { GateLimits } from '../config/municipality.ts';
import type { HoldReason } from '../storage/tables/morning.ts';

export interface GateFigures {
  readonly pupils: number;
  /** Absent without notice in what is reported so far. */
  readonly missing: number;
  /** How many usually miss a lesson without notice in a day; undefined with too little history. */
  readonly usual: number | undefined;
  readonly lessonsStarted: number;
  readonly lessonsReported: number;
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
