import assert from 'node:assert/strict';
import type { Temporal } from 'temporal-polyfill';
import { importDay } from '../../../services/attendance/import-attendance.ts';
import { readToday, type TodayQuery } from '../../../services/attendance/today.ts';
import { importRoster } from '../../../services/people/import-roster.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { group, protectedPupil, pupil, roster } from '../people/roster-data.ts';
import {
  ATTENDANCE_TABLES,
  at,
  attendance,
  lesson,
  MONDAY,
  notice,
  ROSTER_TABLES,
  report,
} from './day-data.ts';

const LIMITS = { absenceOver: 0.5, daysInRow: 10 };

forEachEngine('readToday', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => {
    await empty(db, [...ATTENDANCE_TABLES, ...ROSTER_TABLES]);
    const pupils = [pupil('p1'), pupil('p2'), protectedPupil('p3'), pupil('s1', 'south')];
    const groups = [
      group('8A', ['p1', 'p2']),
      group('8B', ['p3']),
      group('French', ['p1', 'p3'], { kind: 'teaching' }),
    ];
    await importRoster({ db }, 'hub', roster({ pupils, groups }));
  });
  after(async () => await storage.close());

  async function today(more: Partial<TodayQuery> = {}) {
    const query = { schoolId: 'north', day: MONDAY, now: at('09:30'), longTerm: LIMITS, ...more };
    return await readToday({ db }, query);
  }

  async function pupilToday(pupilId: string, more: Partial<TodayQuery> = {}) {
    const { pupils } = await today(more);
    const found = pupils.find((each) => each.pupilId === pupilId);
    assert.ok(found);
    return found;
  }

  it('places every pupil of the school who has not left, protected ones among them', async () => {
    const given = {
      groupIds: ['8A', '8B'],
      attendances: [report.here('p1'), report.invalid('p2'), report.valid('p3')],
    };
    await importDay({ db }, 'north', MONDAY, attendance([lesson('l1', '08:00', given)]));

    const { pupils } = await today();

    assert.deepEqual(
      pupils.map((each) => [each.pupilId, each.isProtected, each.status, each.notice]),
      [
        ['p1', false, 'present', undefined],
        ['p2', false, 'missing', undefined],
        ['p3', true, 'reported', 'valid'],
      ],
    );
    assert.ok(!JSON.stringify(pupils).includes('Given'));
  });

  it('leaves out whoever has left', async () => {
    await importDay({ db }, 'north', MONDAY, attendance([lesson('l1', '08:00', { groupIds: ['8A', '8B'] })]));
    await importRoster(
      { db },
      'hub',
      roster({ isWhole: false, removed: { personIds: ['p2'], groupIds: [] } }),
    );

    const { pupils } = await today();

    assert.deepEqual(
      pupils.map((each) => each.pupilId),
      ['p1', 'p3'],
    );
  });

  it('counts the lessons that have started, and names in order those in which nobody is reported', async () => {
    const lessons = [
      lesson('l3', '09:00', { groupIds: ['8B'] }),
      lesson('l1', '08:00', { groupIds: ['8A'], attendances: [report.here('p1')] }),
      lesson('l2', '08:30', { groupIds: ['8A'] }),
      lesson('l4', '10:00', { groupIds: ['8A'] }),
      lesson('l5', '08:00', { groupIds: ['8A'], isCancelled: true }),
    ];
    await importDay({ db }, 'north', MONDAY, attendance(lessons));

    const { lessonsStarted, lessonsReported, unreportedLessons } = await today();

    assert.deepEqual([lessonsStarted, lessonsReported], [3, 1]);
    assert.deepEqual(
      unreportedLessons.map(({ lessonId, subject, startsAt }) => [lessonId, subject, startsAt.toString()]),
      [
        ['l2', 'Subject l2', '2026-11-23T07:30:00Z'],
        ['l3', 'Subject l3', '2026-11-23T08:00:00Z'],
      ],
    );
  });

  it('keeps to a group’s pupils and the lessons that concern them', async () => {
    const lessons = [
      lesson('l1', '08:00', { groupIds: ['8A'] }),
      lesson('l2', '08:00', { groupIds: ['8B'] }),
      lesson('l3', '09:00', { groupIds: ['French'], attendances: [report.here('p1')] }),
    ];
    await importDay({ db }, 'north', MONDAY, attendance(lessons));

    const { pupils, lessonsStarted, lessonsReported, unreportedLessons } = await today({ groupId: '8B' });

    assert.deepEqual(
      pupils.map((each) => [each.pupilId, each.status]),
      [['p3', 'unknown']],
    );
    assert.deepEqual([lessonsStarted, lessonsReported], [2, 1], 'a lesson is reported where any pupil is');
    assert.deepEqual(
      unreportedLessons.map((each) => each.lessonId),
      ['l2'],
    );
  });

  it('explains absence by a notice from another import, until it is withdrawn', async () => {
    const lessons = [lesson('l1', '08:00', { groupIds: ['8A'], attendances: [report.invalid('p1')] })];
    await importDay({ db }, 'north', MONDAY, attendance(lessons));
    const before = await pupilToday('p1');
    await importDay({ db }, 'north', MONDAY, attendance(lessons, [notice('n1', 'p1', '00:00', '23:59')]));
    const told = await pupilToday('p1');
    await importDay({ db }, 'north', MONDAY, attendance(lessons));
    const withdrawn = await pupilToday('p1');

    assert.deepEqual([before.status, told.status, withdrawn.status], ['missing', 'reported', 'missing']);
    assert.deepEqual([before.notice, told.notice], [undefined, 'reported']);
  });

  it('reads a notice of another day as nothing, also long after', async () => {
    const lessons = [lesson('l1', '08:00', { groupIds: ['8A'] })];
    const tuesday = MONDAY.add({ days: 1 });
    await importDay({ db }, 'north', MONDAY, attendance(lessons));
    const later = [lesson('l2', '08:00', { groupIds: ['8A'] }, tuesday)];
    await importDay(
      { db },
      'north',
      tuesday,
      attendance(later, [notice('n1', 'p1', '00:00', '23:59', tuesday)]),
    );

    const status = await pupilToday('p1', { now: at('09:30', tuesday) });

    assert.equal(status.status, 'unknown');
  });

  it('has nothing to say of a day without lessons', async () => {
    const { pupils, ...lessons } = await today();

    assert.deepEqual(lessons, { lessonsStarted: 0, lessonsReported: 0, unreportedLessons: [] });
    assert.deepEqual([...new Set(pupils.map((each) => each.status))], ['noLessons']);
  });

  type Day = 'absent' | 'here' | 'unknown' | 'none';

  /** One lesson each weekday before Monday for p1, the last one on the Friday before. */
  async function past(days: readonly Day[]): Promise<void> {
    for (const [index, kind] of days.toReversed().entries()) {
      if (kind === 'none') continue;
      const day = weekdayBefore(index);
      const attendances = { absent: [report.valid('p1')], here: [report.here('p1')], unknown: [] }[kind];
      await importDay(
        { db },
        'north',
        day,
        attendance([lesson(`past${index}`, '08:00', { groupIds: ['8A'], attendances }, day)]),
      );
    }
  }

  /** 0: the Friday before, 1: the Thursday, 5: the Friday a week earlier. */
  function weekdayBefore(index: number): Temporal.PlainDate {
    return MONDAY.subtract({ days: 3 + index + 2 * Math.floor(index / 5) });
  }

  const rows: readonly {
    name: string;
    days: readonly Day[];
    now: Day;
    inRow: number;
    isLongTerm: boolean;
  }[] = [
    { name: 'no history', days: [], now: 'absent', inRow: 1, isLongTerm: false },
    {
      name: 'two days and today',
      days: ['here', 'absent', 'absent'],
      now: 'absent',
      inRow: 3,
      isLongTerm: false,
    },
    {
      name: 'a day nobody reported',
      days: ['here', 'absent', 'unknown'],
      now: 'absent',
      inRow: 2,
      isLongTerm: false,
    },
    {
      name: 'a day of no school',
      days: ['absent', 'none', 'absent'],
      now: 'absent',
      inRow: 3,
      isLongTerm: false,
    },
    { name: 'today not known yet', days: ['absent', 'absent'], now: 'unknown', inRow: 2, isLongTerm: false },
    { name: 'back today', days: ['absent', 'absent', 'absent'], now: 'here', inRow: 0, isLongTerm: false },
    { name: 'back last week', days: ['absent', 'here'], now: 'unknown', inRow: 0, isLongTerm: false },
    {
      name: 'more than half of five days',
      days: ['absent', 'absent', 'absent', 'here', 'here'],
      now: 'here',
      inRow: 0,
      isLongTerm: true,
    },
    {
      name: 'just half of six days, today left out',
      days: ['here', 'here', 'here', 'absent', 'absent', 'absent'],
      now: 'absent',
      inRow: 4,
      isLongTerm: false,
    },
    {
      name: 'all of a week, more than four weeks ago',
      days: [...Array<Day>(5).fill('absent'), ...Array<Day>(20).fill('here')],
      now: 'here',
      inRow: 0,
      isLongTerm: false,
    },
    {
      name: 'nine days and today, over the weekends',
      days: [...Array<Day>(11).fill('here'), ...Array<Day>(9).fill('absent')],
      now: 'absent',
      inRow: 10,
      isLongTerm: true,
    },
    {
      name: 'eight days and today',
      days: [...Array<Day>(12).fill('here'), ...Array<Day>(8).fill('absent')],
      now: 'absent',
      inRow: 9,
      isLongTerm: false,
    },
    {
      name: 'nothing known for four weeks, and away before',
      days: ['here', 'absent', 'absent', ...Array<Day>(20).fill('unknown')],
      now: 'unknown',
      inRow: 2,
      isLongTerm: false,
    },
  ];
  for (const { name, days, now, inRow, isLongTerm } of rows) {
    it(`counts ${inRow} days in a row with ${name}`, async () => {
      await past(days);
      const attendances =
        now === 'absent' ? [report.invalid('p1')] : now === 'here' ? [report.here('p1')] : [];
      await importDay(
        { db },
        'north',
        MONDAY,
        attendance([lesson('today', '08:00', { groupIds: ['8A'], attendances })]),
      );

      const { daysInRow, isLongTerm: found } = await pupilToday('p1');
      const other = await pupilToday('p2');

      assert.deepEqual([daysInRow, found], [inRow, isLongTerm]);
      assert.deepEqual([other.daysInRow, other.isLongTerm], [0, false]);
    });
  }

  it('does not let what comes after the day into its history', async () => {
    const tuesday = MONDAY.add({ days: 1 });
    const away = { groupIds: ['8A'], attendances: [report.invalid('p1')] };
    await importDay({ db }, 'north', tuesday, attendance([lesson('l2', '08:00', away, tuesday)]));
    await importDay({ db }, 'north', MONDAY, attendance([lesson('l1', '08:00', { groupIds: ['8A'] })]));

    const { daysInRow, isLongTerm } = await pupilToday('p1');

    assert.deepEqual([daysInRow, isLongTerm], [0, false]);
  });
});
