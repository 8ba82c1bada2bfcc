import assert from 'node:assert/strict';
import type { Temporal } from 'temporal-polyfill';
import { importDay } from '../../../services/attendance/import-attendance.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { attendance, lesson, MONDAY, report } from './day-data.ts';
import { fillSchool, pupilToday } from './today-school.ts';

forEachEngine('readToday over days', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => await fillSchool(db));
  after(async () => await storage.close());

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

      const { daysInRow, isLongTerm: found } = await pupilToday(db, 'p1');
      const other = await pupilToday(db, 'p2');

      assert.deepEqual([daysInRow, found], [inRow, isLongTerm]);
      assert.deepEqual([other.daysInRow, other.isLongTerm], [0, false]);
    });
  }

  it('does not let what comes after the day into its history', async () => {
    const tuesday = MONDAY.add({ days: 1 });
    const away = { groupIds: ['8A'], attendances: [report.invalid('p1')] };
    await importDay({ db }, 'north', tuesday, attendance([lesson('l2', '08:00', away, tuesday)]));
    await importDay({ db }, 'north', MONDAY, attendance([lesson('l1', '08:00', { groupIds: ['8A'] })]));

    const { daysInRow, isLongTerm } = await pupilToday(db, 'p1');

    assert.deepEqual([daysInRow, isLongTerm], [0, false]);
  });
});
