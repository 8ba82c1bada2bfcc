import type { DemoSchool, DemoTeacher } from './municipality.ts';
import * as place from './places.ts';
import { id } from './random.ts';

/** The local Teams wants just so many besides whoever sits at it. */
const OTHERS = 5;
/** The group whose mentor sits at the local Teams. */
export const OWN_GROUP = '8B';

/** The team, its channels, chats and people, in the form that the local Teams reads. */
export function demoWorld(school: DemoSchool): object {
  const mentors = mentorsOfGrade(school);
  const [self, ...others] = [...mentors, ...school.teachers.filter((teacher) => !mentors.includes(teacher))];
  if (self === undefined) throw new Error('The demo’s school has no mentors');
  return {
    version: '0.1.1',
    tenantId: place.TENANT,
    bot: { id: place.BOT_ID, name: 'Sedd' },
    currentUser: person(self),
    users: others.slice(0, OTHERS).map(person),
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

function mentorsOfGrade(school: DemoSchool): readonly DemoTeacher[] {
  return school.groups
    .filter((group) => group.kind === 'Mentor' && group.grade === 8)
    .toSorted((a, b) => Number(b.name === OWN_GROUP) - Number(a.name === OWN_GROUP))
    .flatMap((group) => group.mentors);
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
