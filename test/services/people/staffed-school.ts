import type { Temporal } from 'temporal-polyfill';
import type { Municipality, School } from '../../../services/config/municipality.ts';
import { type Person, personOf } from '../../../services/people/person.ts';
import { findTeamsUser, rememberTeamsUser } from '../../../services/people/teams-users.ts';
import type { Db } from '../../../services/storage/database.ts';
import { clockTime, groupId, guid, MONDAY, pupilId } from '../../support/small-school.ts';
import { emailOf } from '../../support/small-staff.ts';
import { municipalityWith } from '../schedule/schools.ts';

const TENANT = '99999999-0000-4000-8000-000000000001';
const asked = { tenants: [TENANT], at: clockTime('08:00') };

/** Where cards stand: 7A and 7B share a channel, 7C and 7D have their own; nobody is named as a mentor of 7D. */
export const places = { ab: '19:ab', c: '19:c', d: '19:d', alone: 'a:alone' } as const;
export const groups = { a: 0, b: 1, c: 2, d: 3 } as const;

/** One pupil of each group; nobody else is at the school. */
export const pupils = { a: pupilId(0), b: pupilId(1), c: pupilId(2), d: pupilId(3) } as const;

/** Two schools, with roles by address at both. */
export function staffedMunicipality(): Municipality {
  const at = (school: string, number: number) => ({
    id: school,
    name: school,
    organisation: guid(9, number),
    roles: {
      attendanceCoordinators: [emailOf(`Koordinator ${school}`)],
      principals: [emailOf(`Rektor ${school}`)],
      ehtMembers: [emailOf(`Kurator ${school}`)],
    },
  });
  return municipalityWith({
    roles: { mobileSchoolTeam: [emailOf('Mobila Teamet')], admins: [emailOf('It Admin')] },
    schools: [at('norr', 1), at('soder', 2)],
  });
}

export function schoolOf(municipality: Municipality, id: string): School {
  const school = municipality.schools.find((each) => each.id === id);
  if (school === undefined) throw new Error(`no school ${id}`);
  return school;
}

/** Groups, pupils, and the morning's cards of the Monday; nobody on the staff yet. */
export async function seedPlaces(db: Db): Promise<void> {
  const all = Object.values(groups);
  await db
    .insertInto('schoolGroup')
    .values(
      all.map((number) => ({
        id: groupId(number),
        schoolId: 'norr',
        kind: 'mentor' as const,
        name: `7${'ABCD'[number]}`,
        removedAt: null,
      })),
    )
    .execute();
  await db.insertInto('pupil').values(all.map(pupilRow)).execute();
  await db
    .insertInto('groupMember')
    .values(all.map((number) => ({ groupId: groupId(number), pupilId: pupilId(number) })))
    .execute();
  for (const conversationId of Object.values(places)) await addConversation(db, conversationId);
  for (const [number, place] of [places.ab, places.ab, places.c, places.d].entries())
    await addCard(db, number, place, MONDAY);
}

function pupilRow(number: number) {
  const names = { givenName: `Elev${number}`, familyName: 'Exempel' };
  return { id: pupilId(number), schoolId: 'norr', ...names, grade: 7, isProtected: false, removedAt: null };
}

async function addConversation(db: Db, id: string): Promise<void> {
  const kind = id.startsWith('a:') ? ('personal' as const) : ('channel' as const);
  await db
    .insertInto('conversation')
    .values({
      id,
      kind,
      tenantId: TENANT,
      serviceUrl: 'http://127.0.0.1:1/',
      teamId: null,
      name: null,
      state: 'open',
    })
    .execute();
}

/** The morning card of a group, in a conversation. */
export async function addCard(
  db: Db,
  group: number,
  conversationId: string,
  day: Temporal.PlainDate,
): Promise<void> {
  await db
    .insertInto('post')
    .values({
      purpose: 'morning',
      subject: `${groupId(group)}/${day}`,
      conversationId,
      threadId: null,
      schoolId: 'norr',
      day,
      wantedVersion: 1,
      shownVersion: 1,
      shownDigest: null,
      activityId: 'm1',
      state: 'posted',
      postingSince: null,
      notBefore: null,
      errorCode: null,
      createdAt: clockTime('08:45'),
      postedAt: clockTime('08:45'),
      updatedAt: null,
    })
    .execute();
}

/** Puts somebody on the staff; a mentor of these groups. Answers their id. */
export async function addStaff(
  db: Db,
  name: string,
  mentorOf: readonly number[] = [],
  more: { readonly removedAt?: Temporal.Instant; readonly email?: string | null } = {},
): Promise<string> {
  const [givenName = '', familyName = ''] = name.split(' ');
  const id = `staff ${name}`;
  await db
    .insertInto('staff')
    .values({
      id,
      givenName,
      familyName,
      email: emailOf(name),
      principalName: null,
      entraId: null,
      removedAt: null,
      ...more,
    })
    .execute();
  for (const group of mentorOf)
    await db
      .insertInto('groupMentor')
      .values({ groupId: groupId(group), staffId: id })
      .execute();
  return id;
}

/** Somebody as Teams tells of them, met and recognised as far as can be. */
export async function personIn(
  db: Db,
  name: string,
  more: { readonly tenantId?: string; readonly isGuest?: boolean } = {},
): Promise<Person> {
  const entraId = `entra ${name}`;
  const profile = { entraId, teamsId: `29:${name}`, name, email: emailOf(name), principalName: undefined };
  await rememberTeamsUser(db, { ...profile, tenantId: TENANT, isGuest: false, ...more }, asked);
  const user = await findTeamsUser(db, entraId);
  if (user === undefined) throw new Error(`${name} has not been met`);
  return personOf(user);
}

export async function addContactPerson(
  db: Db,
  pupil: string,
  staffId: string,
  endedAt: Temporal.Instant | null = null,
): Promise<void> {
  const by = { appointedById: 'entra karin', appointedByName: 'Karin Koord' };
  const ended =
    endedAt === null
      ? { endedById: null, endedByName: null }
      : { endedById: 'entra karin', endedByName: 'Karin Koord' };
  await db
    .insertInto('contactPerson')
    .values({
      pupilId: pupil,
      schoolId: 'norr',
      staffId,
      since: clockTime('08:00'),
      ...by,
      endedAt,
      ...ended,
    })
    .execute();
}

export async function addStandIn(
  db: Db,
  staffId: string,
  standInStaffId: string,
  days: { readonly firstDay: Temporal.PlainDate; readonly lastDay: Temporal.PlainDate },
  endedAt: Temporal.Instant | null = null,
): Promise<void> {
  const by = { createdAt: clockTime('08:00'), createdById: 'entra karin', createdByName: 'Karin Koord' };
  await db
    .insertInto('standIn')
    .values({ staffId, standInStaffId, ...days, ...by, endedAt })
    .execute();
}

/** The pupil's follow-up of a day is with that person. */
export async function addFollowUp(
  db: Db,
  pupil: string,
  staffId: string,
  day: Temporal.PlainDate = MONDAY,
  group: string | null = null,
): Promise<void> {
  const due = clockTime('10:00', day);
  await db
    .insertInto('followUp')
    .values({
      pupilId: pupil,
      schoolId: 'norr',
      groupId: group,
      day,
      reason: 'unreportedAbsence',
      state: 'open',
      responsibleStaffId: staffId,
      responsibleRole: 'handedOver',
      openedAt: clockTime('08:45', day),
      dueAt: due,
      firstDueAt: due,
    })
    .execute();
}
