import { Temporal } from 'temporal-polyfill';
import { nextSchoolDay, schoolDayAfter } from '../calendar/school-days.ts';
import { dayAt } from '../clock.ts';
import type { School } from '../config/municipality.ts';
import { isQuietAt } from '../follow-up/quiet-hours.ts';
import type { DecisionRow } from './read-decisions.ts';

export type DecisionRung = 'due' | 'after';

/**
 * Which reminder of an open decision its owner is to have now: one on the day it is due, and one on the school day after, or the
 * first one after that on which Sedd runs; undefined for none. Never of what was decided the same day, in quiet hours, or on a
 * day without school; what falls due on such a day does so on the next.
 */
export function decisionRung(
  school: Pick<School, 'calendar' | 'timeZone' | 'ladder'>,
  decision: Pick<DecisionRow, 'dueDay' | 'madeAt'>,
  sent: ReadonlySet<string>,
  now: Temporal.Instant,
): DecisionRung | undefined {
  if (isQuietAt(school, now)) return undefined;
  const today = dayAt(now, school);
  if (dayAt(decision.madeAt, school).equals(today)) return undefined;
  const due = schoolDayAfter(school.calendar, decision.dueDay, 0);
  if (due.equals(today)) return sent.has('due') ? undefined : 'due';
  const after = nextSchoolDay(school.calendar, due);
  const isAfter = after !== undefined && Temporal.PlainDate.compare(today, after) >= 0;
  return isAfter && !sent.has('after') ? 'after' : undefined;
}
