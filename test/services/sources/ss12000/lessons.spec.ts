import assert from 'node:assert/strict';
import type { AttendanceDay, SourceLesson } from '../../../../services/attendance/attendance-source.ts';
import { guid } from '../../../support/small-school.ts';
import { type StudentSystem, startStudentSystem } from '../../../support/student-system.ts';
import {
  activity,
  attendance,
  calendarEvent,
  groupId,
  MONDAY,
  organisation,
  pupilId,
  SCHOOL,
  sourceOf,
} from './source-data.ts';

const EVENT = guid(4, 1);

describe('lessons from SS 12000', () => {
  let system: StudentSystem;
  const read = async (day = MONDAY): Promise<AttendanceDay> => {
    const found = await sourceOf(system).attendance?.readDay('norr', day);
    assert.ok(found !== undefined);
    return found;
  };
  const readOne = async (more: object = {}, embedded: object = {}): Promise<SourceLesson> => {
    system.lists.calendarEvents = [calendarEvent(EVENT, { ...more }, { ...embedded })];
    const { lessons, rejected } = await read();
    assert.deepEqual(rejected, []);
    assert.ok(lessons[0] !== undefined);
    return lessons[0];
  };

  beforeEach(async () => {
    system = await startStudentSystem();
    system.lists = { organisations: [organisation()], calendarEvents: [], absences: [] };
  });
  afterEach(() => system.close());

  it('are asked for by the day on the school’s wall clock, with what hangs on them', async () => {
    await read();

    const { query } = system.calls('calendarEvents')[0] ?? {};
    assert.equal(query?.get('startTime.onOrAfter'), '2026-11-23T00:00:00+01:00');
    assert.equal(query?.get('startTime.onOrBefore'), '2026-11-23T23:59:59+01:00');
    assert.deepEqual(query?.getAll('expand'), ['activity', 'attendance']);
    assert.equal(query?.get('organisation'), SCHOOL);
  });

  it('have a time, a subject and groups', async () => {
    const lesson = await readOne();

    assert.equal(lesson.startsAt.toString(), '2026-11-23T07:10:00Z');
    assert.equal(lesson.endsAt.toString(), '2026-11-23T08:10:00Z');
    assert.equal(lesson.subject, 'Matematik');
    assert.deepEqual(lesson.groupIds, [groupId(1)]);
  });

  const none = { participates: false };
  const offered: readonly {
    name: string;
    event: object;
    exception?: object;
    everybody: number;
    pupil?: number;
  }[] = [
    { name: 'the time between start and end', event: {}, everybody: 60 },
    { name: 'the teaching length, where it is given', event: { teachingLengthStudent: 50 }, everybody: 50 },
    { name: 'no teaching length', event: { teachingLengthStudent: 0 }, everybody: 0 },
    { name: 'nothing, where it is cancelled', event: { cancelled: true }, everybody: 0 },
    { name: 'an own length', event: {}, exception: { teachingLength: 20 }, everybody: 60, pupil: 20 },
    {
      name: 'the lesson’s length, where the exception has none',
      event: { teachingLengthStudent: 50 },
      exception: {},
      everybody: 50,
      pupil: 50,
    },
    { name: 'nothing, for who does not take part', event: {}, exception: none, everybody: 60, pupil: 0 },
    {
      name: 'nothing, for who does not take part whatever the length',
      event: {},
      exception: { ...none, teachingLength: 40 },
      everybody: 60,
      pupil: 0,
    },
    {
      name: 'nothing, where it is cancelled, whatever the exception says',
      event: { cancelled: true },
      exception: { teachingLength: 40 },
      everybody: 0,
      pupil: 0,
    },
  ];
  for (const { name, event, exception, everybody, pupil } of offered) {
    it(`offer ${name}`, async () => {
      const own = { student: { id: pupilId(1) }, participates: true, ...exception };

      const lesson = await readOne({
        ...event,
        ...(exception === undefined ? {} : { studentExceptions: [own] }),
      });

      assert.equal(lesson.offeredMinutes, everybody);
      assert.deepEqual(
        lesson.exceptions,
        pupil === undefined ? [] : [{ pupilId: pupilId(1), offeredMinutes: pupil }],
      );
    });
  }

  const types: readonly (readonly [string | undefined, boolean])[] = [
    ['Undervisning', true],
    ['Elevaktivitet', true],
    ['Provaktivitet', true],
    ['Studiebesök', true],
    [undefined, true],
    ['Läraraktivitet', false],
    ['Övrigt', false],
  ];
  for (const [activityType, counts] of types) {
    it(`${counts ? 'are' : 'are not'} activities of type ${activityType}`, async () => {
      system.lists.calendarEvents = [calendarEvent(EVENT, {}, { activity: activity({ activityType }) })];

      const { lessons, rejected } = await read();

      assert.equal(lessons.length, counts ? 1 : 0);
      assert.deepEqual(rejected, []);
    });
  }

  const marks: readonly { name: string; record: object; minutes: readonly number[] | undefined }[] = [
    { name: 'here', record: {}, minutes: [60, 0, 0, 0] },
    { name: 'absent', record: { attendanceMinutes: 0, invalidAbsenceMinutes: 60 }, minutes: [0, 0, 60, 0] },
    { name: 'late', record: { attendanceMinutes: 45, invalidAbsenceMinutes: 15 }, minutes: [45, 0, 15, 0] },
    {
      name: 'elsewhere',
      record: { attendanceMinutes: 0, otherAttendanceMinutes: 60 },
      minutes: [0, 0, 0, 60],
    },
    {
      name: 'absent, without minutes of presence',
      record: { attendanceMinutes: undefined, validAbsenceMinutes: 60 },
      minutes: [0, 60, 0, 0],
    },
    {
      name: 'reported, without any minutes',
      record: { attendanceMinutes: undefined },
      minutes: [60, 0, 0, 0],
    },
    {
      name: 'null minutes',
      record: { attendanceMinutes: null, validAbsenceMinutes: null },
      minutes: [60, 0, 0, 0],
    },
    { name: 'not reported', record: { isReported: false }, minutes: undefined },
    {
      name: 'not reported, with minutes of absence',
      record: { isReported: false, attendanceMinutes: 0, invalidAbsenceMinutes: 60 },
      minutes: undefined,
    },
  ];
  for (const { name, record, minutes } of marks) {
    it(`read a pupil as ${name}`, async () => {
      const lesson = await readOne({}, { attendance: [attendance(pupilId(1), { ...record })] });

      const told = lesson.attendances.map((one) => [
        one.presentMinutes,
        one.validMinutes,
        one.invalidMinutes,
        one.elsewhereMinutes,
      ]);
      assert.deepEqual(told, minutes === undefined ? [] : [minutes]);
    });
  }

  it('count presence that is not told in what the pupil was offered', async () => {
    const own = { student: { id: pupilId(1) }, participates: true, teachingLength: 20 };

    const lesson = await readOne(
      { studentExceptions: [own] },
      { attendance: [attendance(pupilId(1), { attendanceMinutes: undefined, invalidAbsenceMinutes: 5 })] },
    );

    assert.equal(lesson.attendances[0]?.presentMinutes, 15);
  });

  it('that a source gives of other days do not come along', async () => {
    const at = (day: string) => ({ startTime: `${day}T08:10:00+01:00`, endTime: `${day}T09:10:00+01:00` });
    system.lists.calendarEvents = [
      calendarEvent(EVENT, at('2026-11-23')),
      calendarEvent(guid(4, 2), at('2026-11-22')),
      calendarEvent(guid(4, 3), at('2026-11-24')),
    ];

    const { lessons } = await read();

    assert.deepEqual(
      lessons.map(({ id }) => id),
      [EVENT],
    );
  });

  it('that come for a school and again for a unit of it count once, faults too', async () => {
    system.lists.organisations = [organisation(), organisation(guid(9, 3), SCHOOL)];
    system.lists.calendarEvents = [calendarEvent(EVENT), calendarEvent(guid(4, 2), { startTime: 'soon' })];

    const { lessons, rejected } = await read();

    assert.equal(system.calls('calendarEvents').length, 2);
    assert.equal(lessons.length, 1);
    assert.equal(rejected.length, 1);
  });
});
