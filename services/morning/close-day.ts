import type { Temporal } from 'temporal-polyfill';
import { previousSchoolDays } from '../calendar/school-days.ts';
import type { School } from '../config/municipality.ts';
import { type PullDeps, pullDay } from './pull-day.ts';

/** Teachers report late and correct what they reported: the last days are read again each evening. */
const DAYS_READ_AGAIN = 3;
/** What long-term absence and the usual number are judged from. */
const DAYS_OF_HISTORY = 20;

/** Reads the day and those just before it once more, when what teachers report has come in. */
export async function closeDay(deps: PullDeps, school: School, day: Temporal.PlainDate): Promise<void> {
  for (const earlier of previousSchoolDays(school.calendar, day, DAYS_READ_AGAIN))
    await pullDay(deps, school.id, earlier);
  await pullDay(deps, school.id, day);
}

/**
 * Reads the school days of the last four weeks that are not in the database: at the first start, and after a longer stop.
 * Answers how many it read.
 */
export async function backfill(deps: PullDeps, school: School, day: Temporal.PlainDate): Promise<number> {
  const wanted = previousSchoolDays(school.calendar, day, DAYS_OF_HISTORY);
  const missing = await missingDays(deps, school.id, wanted);
  for (const earlier of missing) await pullDay(deps, school.id, earlier);
  return missing.length;
}

async function missingDays(
  { db }: PullDeps,
  schoolId: string,
  wanted: readonly Temporal.PlainDate[],
): Promise<readonly Temporal.PlainDate[]> {
  if (wanted.length === 0) return [];
  const rows = await db
    .selectFrom('lesson')
    .select('day')
    .distinct()
    .where('schoolId', '=', schoolId)
    .where('day', 'in', [...wanted])
    .execute();
  const there = new Set(rows.map((row) => row.day.toString()));
  return wanted.filter((day) => !there.has(day.toString()));
}
