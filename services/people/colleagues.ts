import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { School } from '../config/municipality.ts';
import type { Db } from '../storage/database.ts';
import { groupsShown } from './shared-channel.ts';

export interface Colleague {
  readonly staffId: string;
  readonly name: string;
}

/** Where it is asked from, and of which pupil. */
export interface ColleagueQuery {
  readonly conversationId: string;
  readonly pupilId: string;
  readonly day: Temporal.PlainDate;
}

/**
 * Who a pupil can be handed over to: the mentors of the groups that share the channel, those who are the pupil's already, and
 * the school's attendance coordinators; whoever stands in for one who is away, and not them. By name.
 */
export async function readColleagues(
  db: Db,
  school: School,
  query: ColleagueQuery,
): Promise<readonly Colleague[]> {
  const { day } = query;
  const { rows } = await sql<Colleague>`
    select distinct there.id as staff_id, trim(there.given_name || ' ' || there.family_name) as name
    from (${entitled(school, query)}) as entitled
    left join lateral (
      select present.id
      from stand_in join staff as present on present.id = stand_in.stand_in_staff_id and present.removed_at is null
      where stand_in.staff_id = entitled.staff_id and stand_in.ended_at is null
        and stand_in.first_day <= ${day} and stand_in.last_day >= ${day}
      order by stand_in.created_at desc
      limit 1) as instead on true
    join staff as there on there.id = coalesce(instead.id, entitled.staff_id)
    where there.removed_at is null`.execute(db);
  const collator = new Intl.Collator(school.language);
  return rows.toSorted((a, b) => collator.compare(a.name, b.name) || (a.staffId < b.staffId ? -1 : 1));
}

function entitled(school: School, { conversationId, pupilId, day }: ColleagueQuery) {
  const { id: schoolId, roles } = school;
  const addresses = [...roles.attendanceCoordinators];
  return sql`
    select group_mentor.staff_id
    from group_mentor join school_group on school_group.id = group_mentor.group_id
    where school_group.removed_at is null and school_group.id in (
      ${groupsShown({ schoolId, conversationId, day })}
      union all select group_id from group_member where pupil_id = ${pupilId})
    union all
    select staff_id from contact_person where pupil_id = ${pupilId} and ended_at is null
    union all
    select id from staff where lower(email) = any(${addresses}::text[]) or lower(principal_name) = any(${addresses}::text[])`;
}
