import { type RawBuilder, sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { SchoolCalendar } from '../config/municipality.ts';
import type { WindowName } from '../config/routine.ts';
import type { Db } from '../storage/database.ts';
import type { Sums } from './rate.ts';
import { type DaySpan, windowSpan } from './windows.ts';

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

/**
 * The sums of a school's pupils who have not left, each window as asked for, in one statement; lessons that a pupil had at
 * another school count too. One pupil at a time, so that nothing has to be sorted. Days of which nothing is reported neither break a spell nor count in it.
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
    select pupil.id as pupil_id, pupil.is_protected, past.windows, ${daysInRow(day)} as days_in_row
    from pupil cross join lateral (
      select count(*) as days, json_build_object(${sql.join(windows)}) as windows
      from (
        select sums.*, lag(sums.lessons_missed) over known as missed_before, lag(sums.day) over known as day_before
        from day_sum as sums
        where sums.pupil_id = pupil.id and sums.day <= ${day} and sums.day >= ${earliestOf(spans, day)}
        window known as (partition by sums.lessons_reported > 0 order by sums.day)
      ) as days) as past
    where pupil.school_id = ${schoolId} and pupil.removed_at is null and ${whom} and past.days > 0
    order by pupil.id`.execute(db);
  return rows;
}

/** Counted from the day the pupil was last here, which is found from the end backwards. */
function daysInRow(day: Temporal.PlainDate): RawBuilder<number> {
  return sql`(
    select count(*)::int from day_sum as away
    where away.pupil_id = pupil.id and away.lessons_reported > 0 and away.day <= ${day} and away.day > coalesce((
      select here.day from day_sum as here
      where here.pupil_id = pupil.id and here.day <= ${day} and here.lessons_missed < here.lessons_reported
      order by here.day desc limit 1), '-infinity'))`;
}

function earliestOf(
  spans: readonly (readonly [WindowName, DaySpan])[],
  day: Temporal.PlainDate,
): Temporal.PlainDate {
  return spans
    .map(([, { firstDay }]) => firstDay)
    .reduce((a, b) => (Temporal.PlainDate.compare(a, b) < 0 ? a : b), day);
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
