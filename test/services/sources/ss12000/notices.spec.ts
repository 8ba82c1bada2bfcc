import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { guid } from '../../../support/small-school.ts';
import { type StudentSystem, startStudentSystem } from '../../../support/student-system.ts';
import { absence, MONDAY, organisation, pupilId, sourceOf, staffId } from './source-data.ts';

const GUARDIAN = guid(6, 1);

describe('notices of absence from SS 12000', () => {
  let system: StudentSystem;
  const read = async (day = MONDAY) => {
    const found = await sourceOf(system).attendance?.readDay('norr', day);
    assert.ok(found !== undefined);
    return found;
  };

  beforeEach(async () => {
    system = await startStudentSystem();
    system.lists = { organisations: [organisation()], calendarEvents: [], absences: [] };
  });
  afterEach(() => system.close());

  it('are asked for by what overlaps the day', async () => {
    await read();

    const { query } = system.calls('absences')[0] ?? {};
    assert.equal(query?.get('startTime.onOrBefore'), '2026-11-23T23:59:59+01:00');
    assert.equal(query?.get('endTime.onOrAfter'), '2026-11-23T00:00:00+01:00');
  });

  const kinds: readonly { name: string; record: object; kind: string | undefined }[] = [
    { name: 'a guardian’s report', record: { registeredBy: { id: GUARDIAN } }, kind: 'reported' },
    {
      name: 'a report that the school took down',
      record: { registeredBy: { id: staffId(1) } },
      kind: 'reported',
    },
    { name: 'a report by nobody told', record: {}, kind: 'reported' },
    { name: 'a report whose author cannot be read', record: { registeredBy: 'Anna' }, kind: 'reported' },
    {
      name: 'what a pupil reports of themself',
      record: { registeredBy: { id: pupilId(1) } },
      kind: undefined,
    },
    { name: 'granted leave', record: { type: 'Beviljad ledighet' }, kind: 'leave' },
    { name: 'a type that a supplier made up', record: { type: 'Tandläkare' }, kind: 'reported' },
  ];
  for (const { name, record, kind } of kinds) {
    it(`take ${name} as ${kind ?? 'no notice'}`, async () => {
      system.lists.absences = [absence(guid(5, 1), pupilId(1), { ...record })];

      const { notices, rejected } = await read();

      assert.deepEqual(
        notices.map((notice) => [notice.pupilId, notice.kind]),
        kind === undefined ? [] : [[pupilId(1), kind]],
      );
      assert.deepEqual(rejected, []);
    });
  }

  const DST_AUTUMN = Temporal.PlainDate.from('2026-10-25');
  const DST_SPRING = Temporal.PlainDate.from('2027-03-28');
  const days: readonly {
    name: string;
    day?: Temporal.PlainDate;
    from: string;
    to: string;
    hours: number | undefined;
  }[] = [
    { name: 'a whole day', from: '2026-11-23T00:00:00+01:00', to: '2026-11-24T00:00:00+01:00', hours: 24 },
    {
      name: 'a whole day without offsets',
      from: '2026-11-23T00:00:00',
      to: '2026-11-24T00:00:00',
      hours: 24,
    },
    { name: 'a whole day in UTC', from: '2026-11-22T23:00:00Z', to: '2026-11-23T23:00:00Z', hours: 24 },
    {
      name: 'a day that ends where it begins',
      from: '2026-11-23T00:00:00+01:00',
      to: '2026-11-23T00:00:00+01:00',
      hours: 24,
    },
    {
      name: 'some hours',
      from: '2026-11-23T08:00:00.000+01:00',
      to: '2026-11-23T10:30:00.000+01:00',
      hours: 2.5,
    },
    {
      name: 'the day before',
      from: '2026-11-22T00:00:00+01:00',
      to: '2026-11-23T00:00:00+01:00',
      hours: undefined,
    },
    {
      name: 'the day after',
      from: '2026-11-24T00:00:00+01:00',
      to: '2026-11-25T00:00:00+01:00',
      hours: undefined,
    },
    { name: 'a week', from: '2026-11-20T00:00:00+01:00', to: '2026-11-27T00:00:00+01:00', hours: 168 },
    {
      name: 'a day of 25 hours',
      day: DST_AUTUMN,
      from: '2026-10-25T00:00:00',
      to: '2026-10-26T00:00:00',
      hours: 25,
    },
    {
      name: 'a day of 25 hours with offsets',
      day: DST_AUTUMN,
      from: '2026-10-25T00:00:00+02:00',
      to: '2026-10-26T00:00:00+01:00',
      hours: 25,
    },
    {
      name: 'a day of 23 hours that ends where it begins',
      day: DST_SPRING,
      from: '2027-03-28T00:00:00+01:00',
      to: '2027-03-28T00:00:00+01:00',
      hours: 23,
    },
  ];
  for (const { name, day = MONDAY, from, to, hours } of days) {
    it(`read ${name} as ${hours ?? 'no'} hours`, async () => {
      system.lists.absences = [absence(guid(5, 1), pupilId(1), { startTime: from, endTime: to })];

      const { notices } = await read(day);

      assert.deepEqual(
        notices.map(({ startsAt, endsAt }) => endsAt.since(startsAt).total('hours')),
        hours === undefined ? [] : [hours],
      );
    });
  }

  it('ask for a day of 25 hours from its first to its last', async () => {
    await read(DST_AUTUMN);

    const { query } = system.calls('calendarEvents')[0] ?? {};
    assert.equal(query?.get('startTime.onOrAfter'), '2026-10-25T00:00:00+02:00');
    assert.equal(query?.get('startTime.onOrBefore'), '2026-10-25T23:59:59+01:00');
  });

  it('leave out one that ends before it begins, and tell of it', async () => {
    const times = { startTime: '2026-11-23T10:00:00+01:00', endTime: '2026-11-23T09:00:00+01:00' };
    system.lists.absences = [absence(guid(5, 1), pupilId(1), times), absence(guid(5, 2), pupilId(2))];

    const { notices, rejected } = await read();

    assert.deepEqual(
      notices.map(({ id }) => id),
      [guid(5, 2)],
    );
    assert.deepEqual(rejected, [
      { kind: 'absence', id: guid(5, 1), path: 'endTime', reason: 'before startTime' },
    ]);
  });
});
