import type { DemoGroup, DemoPupil, DemoSchool, DemoTeacher } from './municipality.ts';
import { id } from './random.ts';
import type { DemoRoom } from './timetable.ts';

/** The school year's start: everything of the roster was last changed before it. */
export const SINCE = '2026-08-10';
export const meta = { created: `${SINCE}T08:00:00Z`, modified: `${SINCE}T08:00:00Z` };

export function organisationRecord(school: DemoSchool): object {
  return {
    id: school.organisation,
    meta,
    displayName: school.name,
    organisationType: 'Skolenhet',
    schoolTypes: ['GR'],
  };
}

export function roomRecord(school: DemoSchool, room: DemoRoom): object {
  return { id: room.id, meta, displayName: room.name, owner: { id: school.organisation } };
}

export function pupilRecord(school: DemoSchool, pupil: DemoPupil): object {
  return {
    id: pupil.id,
    meta,
    givenName: pupil.givenName,
    familyName: pupil.familyName,
    securityMarking: pupil.isProtected ? 'Sekretessmarkering' : 'Ingen',
    personStatus: 'Aktiv',
    enrolments: [
      {
        enroledAt: { id: school.organisation },
        schoolYear: pupil.grade,
        schoolType: 'GR',
        startDate: SINCE,
      },
    ],
    responsibles: [{ person: { id: guardianOf(pupil) }, relationType: 'Vårdnadshavare' }],
  };
}

export function teacherRecord(teacher: DemoTeacher): object {
  return {
    id: teacher.id,
    meta,
    givenName: teacher.givenName,
    familyName: teacher.familyName,
    securityMarking: 'Ingen',
    personStatus: 'Aktiv',
    eduPersonPrincipalNames: [teacher.email],
    emails: [{ value: teacher.email, type: 'Skola personal' }],
  };
}

export function groupRecord(school: DemoSchool, group: DemoGroup): object {
  return {
    id: group.id,
    meta,
    displayName: group.name,
    startDate: SINCE,
    groupType: group.kind,
    schoolType: 'GR',
    organisation: { id: school.organisation },
    groupMemberships: group.pupils.map((pupil) => ({ person: personReference(pupil), startDate: SINCE })),
  };
}

export function dutyRecord(school: DemoSchool, teacher: DemoTeacher): object {
  const groups = school.groups.filter((group) => group.mentors.some((mentor) => mentor.id === teacher.id));
  return {
    id: id('duty', teacher.id),
    meta,
    person: { id: teacher.id },
    dutyAt: { id: school.organisation },
    dutyRole: teacher.duty,
    startDate: SINCE,
    assignmentRole: groups.map((group) => ({
      group: { id: group.id },
      assignmentRoleType: 'Mentor',
      startDate: SINCE,
    })),
  };
}

/** Guardians are nobody in the demo: they have an id, and that is all. */
export function guardianOf(pupil: DemoPupil): string {
  return id('guardian', pupil.id);
}

export function personReference(pupil: DemoPupil): object {
  return { id: pupil.id, securityMarking: pupil.isProtected ? 'Sekretessmarkering' : 'Ingen' };
}
