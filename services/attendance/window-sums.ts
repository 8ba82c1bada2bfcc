import { type RawBuilder, sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { SchoolCalendar } from '../config/municipality.ts';
import type { Db } from '../storage/database.ts';
import type { Sums } from './rate.ts';
import { type DaySpan, type WindowName, windowSpan } from './windows.ts';

/** What a pupil's days in a window come to. */
export interface WindowSums extends Sums {
  /** Days that offered something. */
  readonly schoolDays: number;
  readonly lessonsMissed: number;
  /** Whole lessons missed without a valid reason. */
  readonly invalidLessons: number;
  readonly lateArrivals: number;
  /** Unbroken spells of days on which some whole lesson was missed; one that began before the window counts in it too. */
  readonly occasions: number;
}

/** A pupil's absence. Ids only: names are resolved last, by whoever may show them. */
export interface PupilSums {
  readonly pupilId: string;
  readonly isProtected: boolean;
  /** School days in a row, up to the day asked about, with absence in every reported lesson; as `daysInRow` counts them. */
  readonly daysInRow: number;
  /** A window that the calendar does not know is not here. */
  readonly windows: Readonly<Partial<Record<WindowName, WindowSums>>>;
}

export interface SumsQuery {
  readonly schoolId: string;
  /** The last day that counts. */
  readonly day: Temporal.PlainDate;
  readonly calendar: Pick<SchoolCalendar, 'terms'>;
  readonly windows: readonly WindowName[];
  /** Only these pupils. */
  readonly pupilIds?: readonly string[] | undefined;
}

/** Rows in a row are counted no further back than this, or than the longest window. */
const LONGEST_ROW_DAYS = 120;

/**
 * The sums of a school's pupils who have not left, each window as asked for, in one statement; lessons that a pupil had at
 * another school count too. Days of which nothing is reported neither break a spell nor count in it.
 */
export async function readPupilSums(db: Db, query: SumsQuery): Promise<readonly PupilSums[]> {
  const { schoolId, day, calendar, pupilIds } = query;
  const spans = query.windows.flatMap((name) => {
    const span = windowSpan(name, day, calendar);
    return span === undefined ? [] : [[name, span] as const];
  });
  const whom = pupilIds === undefined ? sql`true` : sql`pupil.id = any(${pupilIds}::text[])`;
  const windows = spans.map(([name, span]) => sql`${sql.lit(name)}::text, ${windowObject(span)}`);
  const { rows } = await sql<PupilSums>`
    with days as (
      select sums.*, lag(sums.lessons_missed) over known as missed_before, lag(sums.day) over known as day_before
      from pupil join day_sum as sums on sums.pupil_id = pupil.id
      where pupil.school_id = ${schoolId} and pupil.removed_at is null and ${whom}
        and sums.day <= ${day} and sums.day >= ${earliestOf(spans, day)}
      window known as (partition by sums.pupil_id, sums.lessons_reported > 0 order by sums.day)
    ), last as (
      select pupil_id, max(day) filter (where lessons_missed < lessons_reported) as here from days group by pupil_id
    ), total as (
      select days.pupil_id,
        (count(*) filter (where lessons_reported > 0 and (last.here is null or days.day > last.here)))::int as days_in_row,
        json_build_object(${sql.join(windows)}) as windows
      from days join last on last.pupil_id = days.pupil_id group by days.pupil_id
    )
    select total.pupil_id, pupil.is_protected, total.days_in_row, total.windows
    from total join pupil on pupil.id = total.pupil_id
    order by total.pupil_id`.execute(db);
  return rows;
}

function earliestOf(
  spans: readonly (readonly [WindowName, DaySpan])[],
  day: Temporal.PlainDate,
): Temporal.PlainDate {
  const firsts = spans.map(([, { firstDay }]) => firstDay);
  const row = day.subtract({ days: LONGEST_ROW_DAYS });
  return [row, ...firsts].reduce((a, b) => (a.toString() < b.toString() ? a : b));
}

function windowObject({ firstDay }: DaySpan): RawBuilder<unknown> {
  const within = sql`days.day >= ${firstDay}`;
  const sum = (column: string) => sql`coalesce(sum(${sql.ref(column)}) filter (where ${within}), 0)`;
  return sql`json_build_object(
    'offeredMinutes', ${sum('days.offeredMinutes')}, 'reportedMinutes', ${sum('days.reportedMinutes')},
    'validMinutes', ${sum('days.validMinutes')}, 'invalidMinutes', ${sum('days.invalidMinutes')},
    'schoolDays', count(*) filter (where ${within}),
    'lessonsMissed', ${sum('days.lessonsMissed')}, 'invalidLessons', ${sum('days.invalidLessons')},
    'lateArrivals', ${sum('days.lateArrivals')},
    'occasions', count(*) filter (where ${within} and lessons_reported > 0 and lessons_missed > 0
      and (coalesce(missed_before, 0) = 0 or day_before < ${firstDay})))`;
}
