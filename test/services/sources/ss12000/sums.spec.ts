import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { guid } from '../../../support/small-school.ts';
import { type StudentSystem, startStudentSystem } from '../../../support/student-system.ts';
import { configOf, organisation, pupilId, SCHOOL, sourceOf } from './source-data.ts';

const FIRST = Temporal.PlainDate.from('2026-11-01');
const LAST = Temporal.PlainDate.from('2026-11-30');

describe('sums from SS 12000', () => {
  let system: StudentSystem;
  const read = async () => {
    const source = sourceOf(system, { config: configOf(system, { gives: ['sums'] }) });
    const sums = await source.attendance?.readSums('norr', FIRST, LAST);
    assert.ok(sums !== undefined);
    return sums;
  };
  const sum = (more: object): object => ({
    student: { id: pupilId(1) },
    activity: { id: guid(7, 1) },
    startDate: '2026-11-01',
    endDate: '2026-11-30',
    attendanceSum: 800,
    ...more,
  });

  beforeEach(async () => {
    system = await startStudentSystem();
    system.lists = { organisations: [organisation()] };
  });
  afterEach(() => system.close());

  it('are asked for by period, of nothing but the one list', async () => {
    system.lists.aggregatedAttendance = [];

    await read();

    const { query } = system.calls('aggregatedAttendance')[0] ?? {};
    assert.deepEqual([query?.get('startDate'), query?.get('endDate')], ['2026-11-01', '2026-11-30']);
    assert.deepEqual(
      system.calls().map(({ path }) => path),
      ['token', 'organisations', 'aggregatedAttendance'],
    );
  });

  it('add up a pupil’s activities', async () => {
    const parts = { validAbsenceSum: 100, invalidAbsenceSum: 50, reportedSum: 950, offeredSum: 1_000 };
    system.lists.aggregatedAttendance = [sum(parts), sum({ ...parts, activity: { id: guid(7, 2) } })];

    const { sums } = await read();

    assert.deepEqual(sums, [
      {
        pupilId: pupilId(1),
        offeredMinutes: 2_000,
        reportedMinutes: 1_900,
        validMinutes: 200,
        invalidMinutes: 100,
      },
    ]);
  });

  const partial: readonly { name: string; record: object; offered: number; reported: number }[] = [
    { name: 'all is told', record: { reportedSum: 900, offeredSum: 1_000 }, offered: 1_000, reported: 900 },
    { name: 'what was offered is not told', record: { reportedSum: 900 }, offered: 900, reported: 900 },
    {
      name: 'neither is told',
      record: { validAbsenceSum: 20, invalidAbsenceSum: 10, otherAttendanceSum: 5 },
      offered: 835,
      reported: 835,
    },
  ];
  for (const { name, record, offered, reported } of partial) {
    it(`are ${reported} reported of ${offered} offered where ${name}`, async () => {
      system.lists.aggregatedAttendance = [sum(record)];

      const { sums } = await read();

      assert.deepEqual(
        sums.map(({ offeredMinutes, reportedMinutes }) => [offeredMinutes, reportedMinutes]),
        [[offered, reported]],
      );
    });
  }

  it('leave out what is no teaching, where the source says so', async () => {
    const lunch = { _embedded: { activity: { activityType: 'Övrigt' } }, activity: { id: guid(7, 2) } };
    system.lists.aggregatedAttendance = [sum({}), sum(lunch)];

    const { sums } = await read();

    assert.equal(sums[0]?.offeredMinutes, 800);
  });

  it('that come for a school and again for a unit of it count once', async () => {
    system.lists.organisations = [organisation(), organisation(guid(9, 3), SCHOOL)];
    system.lists.aggregatedAttendance = [sum({})];

    const { sums } = await read();

    assert.equal(system.calls('aggregatedAttendance').length, 2);
    assert.equal(sums[0]?.offeredMinutes, 800);
  });

  it('come whole from a source that does not page', async () => {
    const data = Array.from({ length: 1_500 }, (_, index) => sum({ student: { id: pupilId(index) } }));
    system.script = ({ path }) =>
      path === 'aggregatedAttendance' ? { kind: 'body', body: { data } } : undefined;

    const { sums } = await read();

    assert.equal(sums.length, 1_500);
  });

  it('leave out a record that cannot be read, and tell of it', async () => {
    system.lists.aggregatedAttendance = [
      sum({ attendanceSum: 'many' }),
      sum({ student: { id: pupilId(2) } }),
    ];

    const { sums, rejected } = await read();

    assert.deepEqual(
      sums.map((one) => one.pupilId),
      [pupilId(2)],
    );
    assert.deepEqual(
      rejected.map(({ kind, path }) => [kind, path]),
      [['aggregatedAttendance', 'attendanceSum']],
    );
  });
});
