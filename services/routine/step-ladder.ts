import { Temporal } from 'temporal-polyfill';
import { schoolDayAfter } from '../calendar/school-days.ts';
import { dayAt } from '../clock.ts';
import type { School } from '../config/municipality.ts';
import { wallClock } from '../follow-up/due-times.ts';
import { isQuietAt } from '../follow-up/quiet-hours.ts';
import type { StepRow } from './routine-case.ts';

/**
 * A step of the ladder that leads up to a step of the routine, taken at most once: `given:v` when it came to whoever has it with
 * that version, `due:d` in the morning of the day it is to be done, `late:d` the school day after, to whoever has it; and
 * `escalated:d` two school days after, to the coordinator's channel. With more time the day is another, and so are its rungs.
 */
export type StepRung = `given:${number}` | `${'due' | 'late' | 'escalated'}:${string}`;
export type RungKind = 'given' | 'due' | 'late' | 'escalated';

/** What the ladder has to know of an open step. */
export interface LadderStep extends Pick<StepRow, 'id' | 'dueDay' | 'givenVersion'> {
  /** Rungs that have been taken, and when. */
  readonly taken: ReadonlyMap<string, Temporal.Instant>;
}

export interface DueStepRung {
  readonly stepId: string;
  readonly rung: StepRung;
  readonly to: 'owner' | 'coordinator';
}

/** School days after the day a step was due. */
const LATE = 1;
const ESCALATED = 2;

/**
 * Which rungs are to be taken now. From facts alone: after downtime what was missed comes once, late; outside the school's days
 * and hours nothing does. Nobody is reminded of a step, or told on, on the day that they were first told of it.
 */
export function stepRungsDue(
  school: School,
  steps: readonly LadderStep[],
  now: Temporal.Instant,
): readonly DueStepRung[] {
  if (isQuietAt(school, now)) return [];
  return steps.flatMap((step) => rungsOf(school, step, now).filter(({ rung }) => !step.taken.has(rung)));
}

export function rungKind(rung: string): RungKind {
  const [kind] = rung.split(':');
  return kind === 'due' || kind === 'late' || kind === 'escalated' ? kind : 'given';
}

function rungsOf(school: School, step: LadderStep, now: Temporal.Instant): readonly DueStepRung[] {
  const { id: stepId, dueDay, givenVersion } = step;
  const given = `given:${givenVersion}` as const;
  const givenAt = step.taken.get(given);
  const isNews = givenAt === undefined || dayAt(givenAt, school).equals(dayAt(now, school));
  if (isNews) return [{ stepId, rung: given, to: 'owner' }];
  const rungs: DueStepRung[] = [];
  if (isReached(school, dueDay, 0, now)) rungs.push({ stepId, rung: `due:${dueDay}`, to: 'owner' });
  if (isReached(school, dueDay, LATE, now)) rungs.push({ stepId, rung: `late:${dueDay}`, to: 'owner' });
  if (isReached(school, dueDay, ESCALATED, now))
    rungs.push({ stepId, rung: `escalated:${dueDay}`, to: 'coordinator' });
  return rungs;
}

/** In the morning, so many school days after a day; where the calendar has no such day, never. */
function isReached(school: School, day: Temporal.PlainDate, count: number, now: Temporal.Instant): boolean {
  const first = schoolDayAfter(school.calendar, day, 0);
  const reached = count === 0 ? first : schoolDayAfter(school.calendar, first, count);
  return Temporal.Instant.compare(now, wallClock(school, reached, school.times.refresh)) >= 0;
}
