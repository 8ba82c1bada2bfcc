import type { Temporal } from 'temporal-polyfill';
import { previousSchoolDays } from '../calendar/school-days.ts';
import type { School } from '../config/municipality.ts';
import { type PullDeps, pullDay } from './pull-day.ts';
import { type MorningDeps, type MorningOutcome, takeReading } from './take-reading.ts';

/** Teachers report late and correct what they reported: the last days are read again each evening. */
const DAYS_READ_AGAIN = 3;
/** What long-term absence and the usual number are judged from. */
const DAYS_OF_HISTORY = 20;

/**
 * Reads the day and those just before it once more, when what teachers report has come in, and brings the day in line with
 * it: what is missing is opened, what was reported is closed, and whoever had called is told. A morning that is held stays
 * held, since its cards would be no help any more.
 */
export async function closeDay(
  deps: MorningDeps,
  school: School,
  day: Temporal.PlainDate,
): Promise<MorningOutcome | undefined> {
  for (const earlier of previousSchoolDays(school.calendar, day, DAYS_READ_AGAIN))
    await pullDay(deps, school.id, earlier);
  return await takeReading(deps, school, day, 'letsNothingOut');
}

/** So many days that cannot be read, and the source has no history to give. */
const MOST_UNREADABLE = 3;

/**
 * Reads the school days of the last four weeks, or so many as are wanted, that are not in the database, the last first: at the
 * first start, and after a longer stop. Answers how many it read. What cannot be read is left out: today is judged by the
 * history there is.
 */
export async function backfill(
  deps: PullDeps,
  school: School,
  day: Temporal.PlainDate,
  days = DAYS_OF_HISTORY,
): Promise<number> {
  const wanted = previousSchoolDays(school.calendar, day, days);
  const missing = await missingDays(deps, school.id, wanted);
  let read = 0;
  let unreadable = 0;
  for (const earlier of missing.toReversed()) {
    if (await isRead(deps, school.id, earlier)) read += 1;
    else unreadable += 1;
    if (unreadable === MOST_UNREADABLE) break;
  }
  return read;
}

async function isRead(deps: PullDeps, schoolId: string, day: Temporal.PlainDate): Promise<boolean> {
  try {
    await pullDay(deps, schoolId, day);
    return true;
  } catch (error) {
    // Today's own reading is what matters, and fails by itself where the source is down.
    deps.log.warn(
      { school: schoolId, day: day.toString(), err: error },
      'An earlier day could not be read: long-term absence and what is usual are judged without it',
    );
    return false;
  }
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
