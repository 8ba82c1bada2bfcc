import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';
import type { Compliance } from './compliance.ts';
import { closingReasons } from './routine-case.ts';

export interface ComplianceQuery {
  /** Only this school; every school where left out. */
  readonly schoolId?: string | undefined;
  /** Steps that were first due on one of these days, both included. */
  readonly firstDay: Temporal.PlainDate;
  readonly lastDay: Temporal.PlainDate;
  /** As of when it is judged what is overdue. */
  readonly day: Temporal.PlainDate;
  /** By which a closing has its day. */
  readonly timeZone: string;
}

/** How a kind of step went at a school, at a level. */
export interface ComplianceLine extends Compliance {
  readonly schoolId: string;
  readonly level: string;
  readonly key: string;
  readonly isFollowUp: boolean;
  /** How many pupils they are about: few of them must not be shown outside the school. */
  readonly pupils: number;
}

/**
 * How the routine was followed, per school, level and kind of step, in one statement. What became of a step, `stepFate`
 * says with the time zone; this is the same in SQL.
 */
export async function readCompliance(db: Db, query: ComplianceQuery): Promise<readonly ComplianceLine[]> {
  const { schoolId, firstDay, lastDay, day, timeZone } = query;
  const where = schoolId === undefined ? sql`true` : sql`school_id = ${schoolId}`;
  const { rows } = await sql<ComplianceLine>`
    with judged as (
      select *, state = 'notNeeded' and coalesce(reason, '') = any(${[...closingReasons]}::text[])
        and (ended_at at time zone ${timeZone}::text)::date > due as is_left_undone
      from (
        select *, case when legal_weight is null then due_day else first_due_day end as due
        from routine_step
        where state in ('open', 'done', 'notNeeded') and first_due_day between ${firstDay} and ${lastDay} and ${where}
      ) as within
    )
    select school_id, level, key, is_follow_up, count(distinct pupil_id)::int as pupils, count(*)::int as steps,
      (count(*) filter (where state = 'done' and done_day <= due))::int as on_time,
      (count(*) filter (where state = 'done' and done_day > due))::int as late,
      (count(*) filter (where is_left_undone or (state = 'open' and ${day}::date > due)))::int as overdue,
      (count(*) filter (where state = 'open' and ${day}::date <= due))::int as open,
      (count(*) filter (where state = 'notNeeded' and not is_left_undone))::int as not_needed,
      (count(*) filter (where due_day > first_due_day))::int as with_more_time
    from judged
    group by school_id, level, key, is_follow_up
    order by school_id, level, key, is_follow_up`.execute(db);
  return rows;
}

/** Adds lines up, such as those of a school or of a level. */
export function addCompliance(lines: Iterable<Compliance>): Compliance {
  const sum = { steps: 0, onTime: 0, late: 0, overdue: 0, open: 0, notNeeded: 0, withMoreTime: 0 };
  for (const line of lines) {
    sum.steps += line.steps;
    sum.onTime += line.onTime;
    sum.late += line.late;
    sum.overdue += line.overdue;
    sum.open += line.open;
    sum.notNeeded += line.notNeeded;
    sum.withMoreTime += line.withMoreTime;
  }
  return sum;
}
