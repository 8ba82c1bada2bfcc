import assert from 'node:assert/strict';
import { importDay } from '../../../../services/attendance/import-attendance.ts';
import { importRoster } from '../../../../services/people/import-roster.ts';
import type { RejectedRecord } from '../../../../services/people/roster-source.ts';
import type { Storage } from '../../../../services/storage/database.ts';
import { engines, type TestEngine } from '../../../support/databases.ts';
import { guid } from '../../../support/small-school.ts';
import { type StudentSystem, startStudentSystem } from '../../../support/student-system.ts';
import {
  absence,
  activity,
  attendance,
  calendarEvent,
  enrolled,
  group,
  groupId,
  MONDAY,
  mentorDuty,
  organisation,
  person,
  pupilId,
  sourceOf,
  staffId,
} from './source-data.ts';

const EVENT = guid(4, 1);
const GOOD = guid(4, 9);

interface Case {
  readonly name: string;
  readonly list: string;
  readonly record: object;
  readonly rejected: Partial<RejectedRecord>;
}

const cases: readonly Case[] = [
  bad(
    'a person without an id',
    'persons',
    { givenName: 'Anna' },
    { kind: 'person', id: undefined, path: 'id' },
  ),
  bad('a person with an odd id', 'persons', person('7'), { kind: 'person', id: undefined, path: 'id' }),
  bad('a person that is text', 'persons', 'Anna' as unknown as object, { kind: 'person', path: '' }),
  bad('an enrolment nowhere', 'persons', enrolled(pupilId(5), {}, { enroledAt: undefined }), {
    kind: 'person',
    id: pupilId(5),
    path: 'enrolments.0.enroledAt',
  }),
  bad('an enrolment some day', 'persons', enrolled(pupilId(5), {}, { startDate: 'i höst' }), {
    kind: 'person',
    path: 'enrolments.0.startDate',
  }),
  bad('a group without a name', 'groups', group(groupId(5), [], { displayName: undefined }), {
    kind: 'group',
    path: 'displayName',
  }),
  bad('a duty without an id', 'duties', mentorDuty(staffId(5), [], { id: null }), {
    kind: 'duty',
    path: 'id',
  }),
  bad('a lesson without a start', 'calendarEvents', calendarEvent(EVENT, { startTime: undefined }), {
    kind: 'calendarEvent',
    id: EVENT,
    path: 'startTime',
  }),
  bad('a lesson at a quarter past', 'calendarEvents', calendarEvent(EVENT, { endTime: 'kvart över' }), {
    kind: 'calendarEvent',
    path: 'endTime',
  }),
  bad('a lesson of nothing', 'calendarEvents', calendarEvent(EVENT, {}, { activity: undefined }), {
    kind: 'calendarEvent',
    path: '_embedded.activity',
  }),
  bad('a lesson of a year', 'calendarEvents', calendarEvent(EVENT, { teachingLengthStudent: 525_600 }), {
    kind: 'calendarEvent',
    path: 'teachingLengthStudent',
  }),
  bad('an absence of nobody', 'absences', absence(guid(5, 1), pupilId(1), { student: {} }), {
    kind: 'absence',
    path: 'student.id',
  }),
  bad(
    'an absence since the year 0',
    'absences',
    absence(guid(5, 1), pupilId(1), { startTime: '0000-01-01T00:00:00Z' }),
    {
      kind: 'absence',
      path: 'startTime',
    },
  ),
];

const parts: readonly Case[] = [
  bad('a member without an id', 'groups', group(groupId(5), [], { groupMemberships: [{}] }), {
    kind: 'group',
    id: groupId(5),
    path: 'groupMemberships.person',
  }),
  bad('a role without a group', 'duties', mentorDuty(staffId(5), [], { assignmentRole: [{}] }), {
    kind: 'duty',
    path: 'assignmentRole.group',
  }),
  bad('an exception for nobody', 'calendarEvents', calendarEvent(EVENT, { studentExceptions: [{}] }), {
    kind: 'calendarEvent',
    id: EVENT,
    path: 'studentExceptions.student',
  }),
  bad(
    'attendance that may be reported',
    'calendarEvents',
    calendarEvent(EVENT, {}, { attendance: [attendance(pupilId(1), { isReported: 'kanske' })] }),
    { kind: 'calendarEvent', id: EVENT, path: 'attendance.isReported' },
  ),
];

describe('a bad record from SS 12000', () => {
  let system: StudentSystem;
  const opened: Storage[] = [];
  const open = async (engine: TestEngine): Promise<Storage> => {
    const storage = await engine.open();
    opened.push(storage);
    return storage;
  };
  const read = async () => {
    const { roster, attendance } = sourceOf(system);
    const change = await roster?.readRoster(undefined);
    const day = await attendance?.readDay('norr', MONDAY);
    assert.ok(change !== undefined && day !== undefined);
    return { change, day };
  };

  beforeEach(async () => {
    system = await startStudentSystem();
    system.lists = {
      organisations: [organisation()],
      persons: [enrolled(pupilId(1))],
      groups: [group(groupId(1), [pupilId(1)])],
      duties: [mentorDuty(staffId(1), [groupId(1)])],
      calendarEvents: [calendarEvent(GOOD)],
      absences: [absence(guid(5, 9), pupilId(1))],
    };
  });
  afterEach(async () => {
    for (const storage of opened.splice(0)) await storage.close();
    await system.close();
  });

  for (const { name, list, record, rejected } of [...cases, ...parts]) {
    it(`such as ${name} is left out and told of, and the others are read`, async () => {
      system.lists[list] = [record, ...(system.lists[list] ?? [])];

      const { change, day } = await read();

      assert.deepEqual(change.groups.at(-1)?.pupilIds, [pupilId(1)]);
      assert.equal(change.pupils.length, 1);
      assert.deepEqual(change.groups.at(-1)?.mentorIds, [staffId(1)]);
      assert.equal(day.lessons.at(-1)?.id, GOOD);
      assert.equal(day.notices.length, 1);
      const told = [...change.rejected, ...day.rejected];
      assert.equal(told.length, 1);
      assert.deepEqual({ ...told[0], ...rejected }, told[0]);
    });
  }

  for (const { name, list, record } of parts) {
    it(`that is whole but for ${name} holds without it`, async () => {
      system.lists[list] = [record];

      const { change, day } = await read();

      const read_ = { groups: change.groups.length, calendarEvents: day.lessons.length, duties: 1 };
      assert.equal({ ...read_ }[list], 1);
    });
  }

  it('is stored without what a database refuses', async () => {
    const nasty = `A\u0000n\u0007na \ud83d ${'å'.repeat(300)}`;
    system.lists.persons = [enrolled(pupilId(1), { givenName: nasty, familyName: '\udc00' })];
    system.lists.groups = [group(groupId(1), [pupilId(1)], { displayName: nasty })];
    system.lists.calendarEvents = [calendarEvent(GOOD, {}, { activity: activity({ displayName: nasty }) })];

    const { change, day } = await read();

    for (const engine of engines()) {
      const { db } = await open(engine);
      await importRoster({ db }, 'elevsystem', change);
      await importDay({ db }, 'norr', MONDAY, day);
      const row = await db.selectFrom('pupil').select('givenName').executeTakeFirstOrThrow();
      assert.match(row.givenName ?? '', /^Anna {2}å{190,200}$/);
    }
  });

  it('takes nobody away who is there already', async () => {
    const [engine] = engines();
    assert.ok(engine !== undefined);
    const { db } = await open(engine);
    await importRoster({ db }, 'elevsystem', (await read()).change);
    system.lists.persons = [
      enrolled(pupilId(1), {}, { startDate: 'i höst' }),
      enrolled(pupilId(2)),
      enrolled(pupilId(3)),
    ];

    const imported = await importRoster({ db }, 'elevsystem', (await read()).change);

    assert.deepEqual(imported.pupils, { added: 2, changed: 0, removed: 0 });
    assert.equal(imported.rejected, 1);
  });
});

function bad(name: string, list: string, record: object, rejected: Partial<RejectedRecord>): Case {
  return { name, list, record, rejected };
}
