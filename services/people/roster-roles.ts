import { type RawBuilder, sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';
import type { HeldRole, Towards } from './held-role.ts';
import type { Person } from './person.ts';
import { sharesChannel } from './shared-channel.ts';

/** Roles that come from the roster and from what people have agreed: mentors, contact persons, stand-ins, handed over. */
export async function rosterRoles(db: Db, person: Person, towards: Towards): Promise<readonly HeldRole[]> {
  const { staffId } = person;
  const { pupilId, day } = towards;
  if (staffId === undefined) return [];
  if (pupilId === undefined)
    return await rolesAtSchool(db, staffId, await awayColleagues(db, staffId, day), towards);
  const answering = await answeringFor(db, pupilId, { staffId, day });
  const roles: HeldRole[] = answering
    .filter((each) => each.isOwn)
    .map(({ role }) => ({ role, whose: 'own' }));
  if (answering.some((each) => each.isAway)) roles.push({ role: 'standIn', whose: 'own' });
  // Asked last: it is what whoever is the pupil's own need not be asked.
  if (roles.every(({ role }) => role !== 'mentor') && (await sharesChannel(db, staffId, towards)))
    roles.push({ role: 'mentor', whose: 'channel' });
  return roles;
}

/** Colleagues whom somebody stands in for that day. */
export async function awayColleagues(
  db: Db,
  staffId: string,
  day: Temporal.PlainDate,
): Promise<readonly string[]> {
  const { rows } = await whoIsStoodInFor(staffId, day).execute(db);
  return rows.map((row) => row.staffId);
}

/** The same as `staff_id`, for a query of more than that. */
export function whoIsStoodInFor(
  staffId: string,
  day: Temporal.PlainDate,
): RawBuilder<{ readonly staffId: string }> {
  return sql`
    select stand_in.staff_id from stand_in
    where stand_in_staff_id = ${staffId} and first_day <= ${day} and last_day >= ${day} and ended_at is null`;
}

interface Answering {
  readonly role: 'mentor' | 'contactPerson' | 'responsible';
  /** It is who asks. */
  readonly isOwn: boolean;
  /** It is somebody for whom who asks stands in. */
  readonly isAway: boolean;
}

/** Whoever answers for a pupil: the mentors, the contact person, and who the day's follow-up is with. */
async function answeringFor(
  db: Db,
  pupilId: string,
  { staffId, day }: { readonly staffId: string; readonly day: Temporal.PlainDate },
): Promise<readonly Answering[]> {
  const { rows } = await sql<Answering>`
    select answering.role, answering.staff_id = ${staffId} as is_own, answering.staff_id in (
      ${whoIsStoodInFor(staffId, day)}) as is_away
    from (
      select 'mentor' as role, group_mentor.staff_id
      from group_member
      join school_group on school_group.id = group_member.group_id and school_group.removed_at is null
      join group_mentor on group_mentor.group_id = group_member.group_id
      where group_member.pupil_id = ${pupilId}
      union all
      select 'contactPerson', staff_id from contact_person where pupil_id = ${pupilId} and ended_at is null
      union all
      select 'responsible', responsible_staff_id from follow_up
      where pupil_id = ${pupilId} and day = ${day} and responsible_staff_id is not null
    ) as answering`.execute(db);
  return rows;
}

/** What somebody is at the school, whoever the pupil: it is asked of what concerns no single one. */
async function rolesAtSchool(
  db: Db,
  staffId: string,
  away: readonly string[],
  { school, day }: Towards,
): Promise<readonly HeldRole[]> {
  const staffIds = [staffId, ...away];
  const [mentors, contactPersons, responsible] = await Promise.all([
    db
      .selectFrom('groupMentor')
      .innerJoin('schoolGroup', 'schoolGroup.id', 'groupMentor.groupId')
      .select('groupMentor.staffId')
      .where('groupMentor.staffId', 'in', staffIds)
      .where('schoolGroup.schoolId', '=', school.id)
      .where('schoolGroup.removedAt', 'is', null)
      .execute(),
    db
      .selectFrom('contactPerson')
      .select('staffId')
      .where('staffId', 'in', staffIds)
      .where('schoolId', '=', school.id)
      .where('endedAt', 'is', null)
      .execute(),
    db
      .selectFrom('followUp')
      .select('responsibleStaffId as staffId')
      .where('responsibleStaffId', 'in', staffIds)
      .where('schoolId', '=', school.id)
      .where('day', '=', day)
      .execute(),
  ]);
  const isOwn = (row: { readonly staffId: string | null }) => row.staffId === staffId;
  const standsIn = [...mentors, ...contactPersons, ...responsible].some((row) => !isOwn(row));
  const roles: readonly (readonly [HeldRole['role'], boolean])[] = [
    ['mentor', mentors.some(isOwn)],
    ['contactPerson', contactPersons.some(isOwn)],
    ['responsible', responsible.some(isOwn)],
    ['standIn', standsIn],
  ];
  return roles.filter(([, isHeld]) => isHeld).map(([role]) => ({ role, whose: 'own' }));
}
