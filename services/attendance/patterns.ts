import { sql } from 'kysely';
import type { Building } from '../config/buildings.ts';
import type { Db } from '../storage/database.ts';
import type { Sums } from './rate.ts';
import type { DaySpan } from './windows.ts';

/**
 * Where in the day a lesson lies: the pupil's first; in another building than the one before; after a break of at least
 * `BREAK_MINUTES`, such as lunch; or straight on from the one before. SS 12000 gives a room a name and nothing of where it is:
 * which building that is, the municipality file says.
 */
export type Transition = 'first' | 'otherBuilding' | 'afterBreak' | 'straightOn';

export const BREAK_MINUTES = 15;

/** Minutes of the lessons that are alike in weekday, number in the pupil's day, and transition. */
export interface PatternCell extends Sums {
  /** 1 is Monday. */
  readonly weekday: number;
  /** The pupil's first lesson of the day is 1; lessons that begin together share a number. */
  readonly lessonNumber: number;
  readonly transition: Transition;
  readonly lessons: number;
  readonly lessonsMissed: number;
}

export interface PatternQuery {
  readonly pupilIds: readonly string[];
  readonly span: DaySpan;
  /** The school's; a lesson whose room is in none of them is in no other building than the one before. */
  readonly buildings: readonly Building[];
}

/** The pattern of one pupil's absence, or of several together, by weekday, lesson of the day and transition. */
export async function readPattern(
  db: Db,
  { pupilIds, span, buildings }: PatternQuery,
): Promise<readonly PatternCell[]> {
  const beginnings = buildings.flatMap(({ name, rooms }) => rooms.map((begins) => ({ name, begins })));
  const { rows } = await sql<PatternCell>`
    with beginning as materialized (
      select name, lower(begins) as begins from json_to_recordset(${JSON.stringify(beginnings)}::json) as x (name text, begins text)
    ), located as (
      select distinct on (room) room, beginning.name as building
      from (select distinct lesson.room from pupil_lesson as part join lesson on lesson.id = part.lesson_id
        where part.pupil_id = any(${pupilIds}::text[]) and part.day between ${span.firstDay} and ${span.lastDay}) as used
      join beginning on starts_with(lower(used.room), beginning.begins)
      order by room, length(beginning.begins) desc
    ), placed as (
      select part.*, extract(isodow from part.day)::int as weekday,
        (dense_rank() over of_day)::int as lesson_number,
        lesson.starts_at - max(lesson.ends_at) over earlier as pause,
        located.building not in (min(located.building) over just_before, max(located.building) over just_before)
          as is_elsewhere
      from pupil_lesson as part join lesson on lesson.id = part.lesson_id left join located on located.room = lesson.room
      where part.pupil_id = any(${pupilIds}::text[]) and part.day between ${span.firstDay} and ${span.lastDay}
        and part.offered_minutes > 0
      window of_day as (partition by part.pupil_id, part.day order by lesson.starts_at),
        earlier as (partition by part.pupil_id, part.day order by lesson.starts_at
          groups between unbounded preceding and 1 preceding),
        just_before as (partition by part.pupil_id, part.day order by lesson.starts_at
          groups between 1 preceding and 1 preceding)
    )
    select weekday, lesson_number,
      case when lesson_number = 1 then 'first' when is_elsewhere then 'otherBuilding' when pause >= ${`${BREAK_MINUTES} minutes`}::interval then 'afterBreak'
        else 'straightOn' end as transition,
      count(*)::int as lessons,
      (count(*) filter (where is_reported and present_minutes + elsewhere_minutes = 0
        and valid_minutes + invalid_minutes > 0))::int as lessons_missed,
      sum(offered_minutes)::int as offered_minutes, sum(valid_minutes)::int as valid_minutes,
      sum(invalid_minutes)::int as invalid_minutes,
      sum(present_minutes + elsewhere_minutes + valid_minutes + invalid_minutes)::int as reported_minutes
    from placed
    group by 1, 2, 3
    order by 1, 2, 3`.execute(db);
  return rows;
}
