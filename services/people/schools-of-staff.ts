import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';
import { whoIsStoodInFor } from './roster-roles.ts';

/**
 * The schools where somebody answers for pupils on a day, themselves or for whoever they stand in for; first the one with most of
 * what is theirs from day to day.
 */
export async function schoolsOfStaff(
  db: Db,
  staffId: string,
  day: Temporal.PlainDate,
): Promise<readonly string[]> {
  // A day's follow-ups and a few days as a stand-in add schools, and do not move whoever belongs to one.
  const { rows } = await sql<{ schoolId: string }>`
    select answering.school_id
    from (
      select school_group.school_id, group_mentor.staff_id, true as is_lasting
      from group_mentor
      join school_group on school_group.id = group_mentor.group_id and school_group.removed_at is null
      union all
      select school_id, staff_id, true from contact_person where ended_at is null
      union all
      select school_id, owner_staff_id, false from routine_step where state = 'open' and owner_staff_id is not null
      union all
      select school_id, responsible_staff_id, false from follow_up
      where day = ${day} and responsible_staff_id is not null
    ) as answering
    where answering.staff_id = ${staffId} or answering.staff_id in (${whoIsStoodInFor(staffId, day)})
    group by answering.school_id
    order by count(*) filter (where answering.staff_id = ${staffId} and answering.is_lasting) desc, count(*) desc, 1`.execute(
    db,
  );
  return rows.map(({ schoolId }) => schoolId);
}
