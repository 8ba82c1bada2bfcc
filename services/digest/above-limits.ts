import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import { LONG_TERM_DAYS } from '../attendance/long-term.ts';
import { isOver, rate, type Sums } from '../attendance/rate.ts';
import { previousSchoolDays } from '../calendar/school-days.ts';
import type { School } from '../config/municipality.ts';
import type { Db } from '../storage/database.ts';
import type { AboveLimit } from './digest-view.ts';

interface Row {
  readonly pupilId: string;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly groupName: string | null;
  readonly now: Sums;
  readonly before: Sums;
}

/**
 * Pupils whose total absence over the four weeks before `day` is above a limit, strictly, and was not a school day earlier;
 * with the highest limit that they passed. Most absent first.
 */
export async function readNewlyAbove(
  db: Db,
  school: School,
  day: Temporal.PlainDate,
): Promise<readonly AboveLimit[]> {
  const [yesterday] = previousSchoolDays(school.calendar, day, 1);
  if (yesterday === undefined || school.digestAbove.length === 0) return [];
  const rows = await readWindows(db, school.id, day, yesterday);
  return rows
    .flatMap((row) => aboveLimit(row, school.digestAbove) ?? [])
    .toSorted((a, b) => b.absence - a.absence);
}

function aboveLimit(row: Row, limits: readonly number[]): AboveLimit | undefined {
  const limit = limits.findLast((each) => isOver(row.now, each) && !isOver(row.before, each));
  if (limit === undefined) return undefined;
  const { absence = 0, reporting = 0 } = rate(row.now);
  const name = [row.givenName, row.familyName].filter(Boolean).join(' ');
  return { name, groupName: row.groupName ?? '', limit, absence, reporting };
}

/** Each pupil's sums of the four weeks before a day and before the one ahead of it. Without protected pupils. */
async function readWindows(
  db: Db,
  schoolId: string,
  day: Temporal.PlainDate,
  yesterday: Temporal.PlainDate,
): Promise<readonly Row[]> {
  const sumsOf = (until: Temporal.PlainDate) => {
    const from = until.subtract({ days: LONG_TERM_DAYS });
    const within = sql`filter (where sums.day >= ${from} and sums.day < ${until})`;
    return sql`json_build_object(
      'offeredMinutes', coalesce(sum(sums.offered_minutes) ${within}, 0),
      'reportedMinutes', coalesce(sum(sums.reported_minutes) ${within}, 0),
      'validMinutes', coalesce(sum(sums.valid_minutes) ${within}, 0),
      'invalidMinutes', coalesce(sum(sums.invalid_minutes) ${within}, 0))`;
  };
  const { rows } = await sql<Row>`
    select pupil.id as pupil_id, pupil.given_name, pupil.family_name, (
        select school_group.name from group_member as member join school_group on school_group.id = member.group_id
        where member.pupil_id = pupil.id and school_group.kind in ('mentor', 'class') and school_group.removed_at is null
        order by school_group.kind desc limit 1) as group_name,
      ${sumsOf(day)} as now, ${sumsOf(yesterday)} as before
    from pupil join day_sum as sums on sums.pupil_id = pupil.id
    where pupil.school_id = ${schoolId} and not pupil.is_protected and pupil.removed_at is null
      and sums.day < ${day} and sums.day >= ${yesterday.subtract({ days: LONG_TERM_DAYS })}
    group by pupil.id`.execute(db);
  return rows;
}
