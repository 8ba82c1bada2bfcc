import type { SchoolRoles } from '../services/config/municipality.ts';
import type { DemoSchool, DemoTeacher } from './municipality.ts';
import * as place from './places.ts';
import { id } from './random.ts';

/** The local Teams wants just so many besides whoever sits at it. */
const OTHERS = 5;
/** The group whose mentor sits at the local Teams. */
export const OWN_GROUP = '8B';

/** The team, its channels, chats and people, in the form that the local Teams reads. */
export function demoWorld(school: DemoSchool): object {
  const self = viewerOf(school);
  return {
    version: '0.1.1',
    tenantId: place.TENANT,
    bot: { id: place.BOT_ID, name: 'Sedd' },
    currentUser: person(self),
    users: othersOf(school).map(person),
    personalChat: { id: place.PERSONAL_CHAT },
    groupChat: { id: place.EHT_CHAT, name: 'EHT Torpaskolan Norr' },
    team: {
      id: place.TEAM,
      name: 'Torpaskolan Norr',
      aadGroupId: id('team', school.id),
      channels: [{ id: place.MENTOR_CHANNEL, name: 'Mentorer åk 8' }],
    },
  };
}

/**
 * Who sits at the local Teams: a mentor who in the demo is the attendance coordinator too, so that one viewer can press
 * everything there is.
 */
export function viewerOf(school: DemoSchool): DemoTeacher {
  const [self] = mentorsOfGrade(school);
  if (self === undefined) throw new Error('The demo’s school has no mentors');
  return self;
}

/** Who does what at the school besides being a mentor. */
export function rolesAt(school: DemoSchool): Partial<SchoolRoles> {
  return {
    attendanceCoordinators: [viewerOf(school).email],
    principals: [school.principal.email],
    ehtMembers: school.ehtMembers.map(({ email }) => email),
  };
}

/** The principal, the first of the pupil-health team, and mentors of the grade whose channel there is. */
function othersOf(school: DemoSchool): readonly DemoTeacher[] {
  const self = viewerOf(school);
  const mentors = mentorsOfGrade(school).filter((mentor) => mentor !== self);
  return [school.principal, ...school.ehtMembers.slice(0, 1), ...mentors].slice(0, OTHERS);
}

/** First of each class whoever answers for its pupils, which of several mentors is always the same one. */
function mentorsOfGrade(school: DemoSchool): readonly DemoTeacher[] {
  const byClass = school.groups
    .filter((group) => group.kind === 'Mentor' && group.grade === 8)
    .toSorted((a, b) => Number(b.name === OWN_GROUP) - Number(a.name === OWN_GROUP))
    .map((group) => group.mentors.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
  return [0, 1].flatMap((rank) => byClass.flatMap((mentors) => mentors[rank] ?? []));
}

function person(teacher: DemoTeacher): object {
  return {
    id: `29:${teacher.id}`,
    name: `${teacher.givenName} ${teacher.familyName}`,
    userPrincipleName: teacher.email,
    aadObjectId: id('entra', teacher.id),
    givenName: teacher.givenName,
    surname: teacher.familyName,
    email: teacher.email,
  };
}
