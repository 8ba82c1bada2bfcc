import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';
import type { HeldRole, Request } from './held-role.ts';
import type { Person } from './person.ts';
import { sharesChannel } from './shared-channel.ts';

/** Roles that come from the roster and from what people have agreed: mentors, contact persons, stand-ins, handed over. */
export async function rosterRoles(db: Db, person: Person, request: Request): Promise<readonly HeldRole[]> {
  if (person.staffId === undefined) return [];
  const away = await awayColleagues(db, person.staffId, request.day);
  if (request.pupilId === undefined) return await rolesAtSchool(db, person.staffId, away, request);
  const answering = await answeringFor(db, request.pupilId, request.day);
  const roles: HeldRole[] = answering
    .filter(({ staffId }) => staffId === person.staffId)
    .map(({ role }) => ({ role, whose: 'own' }));
  if (answering.some(({ staffId }) => away.includes(staffId))) roles.push({ role: 'standIn', whose: 'own' });
  // Asked last: it is what whoever is the pupil's own need not be asked.
  if (roles.every(({ role }) => role !== 'mentor') && (await sharesChannel(db, person.staffId, request)))
    roles.push({ role: 'mentor', whose: 'channel' });
  return roles;
}

/** Colleagues whom somebody stands in for that day. */
export async function awayColleagues(
  db: Db,
  staffId: string,
  day: Temporal.PlainDate,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('standIn')
    .select('staffId')
    .where('standInStaffId', '=', staffId)
    .where('firstDay', '<=', day)
    .where('lastDay', '>=', day)
    .where('endedAt', 'is', null)
    .execute();
  return rows.map((row) => row.staffId);
}

interface Answering {
  readonly staffId: string;
  readonly role: 'mentor' | 'contactPerson' | 'responsible';
}

/** Whoever answers for a pupil: the mentors, the contact person, and who the day's follow-up is with. */
async function answeringFor(db: Db, pupilId: string, day: Temporal.PlainDate): Promise<readonly Answering[]> {
  const [mentors, contactPersons, responsible] = await Promise.all([
    db
      .selectFrom('groupMember')
      .innerJoin('schoolGroup', 'schoolGroup.id', 'groupMember.groupId')
      .innerJoin('groupMentor', 'groupMentor.groupId', 'groupMember.groupId')
      .select('groupMentor.staffId')
      .where('groupMember.pupilId', '=', pupilId)
      .where('schoolGroup.removedAt', 'is', null)
      .execute(),
    db
      .selectFrom('contactPerson')
      .select('staffId')
      .where('pupilId', '=', pupilId)
      .where('endedAt', 'is', null)
      .execute(),
    db
      .selectFrom('followUp')
      .select('responsibleStaffId as staffId')
      .where('pupilId', '=', pupilId)
      .where('day', '=', day)
      .where('responsibleStaffId', 'is not', null)
      .execute(),
  ]);
  const as = (role: Answering['role'], rows: readonly { readonly staffId: string | null }[]) =>
    rows.flatMap(({ staffId }) => (staffId === null ? [] : [{ staffId, role }]));
  return [
    ...as('mentor', mentors),
    ...as('contactPerson', contactPersons),
    ...as('responsible', responsible),
  ];
}

/** What somebody is at the school, whoever the pupil: it is asked of what concerns no single one. */
async function rolesAtSchool(
  db: Db,
  staffId: string,
  away: readonly string[],
  { school, day }: Request,
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
