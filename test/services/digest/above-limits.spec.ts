import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { readNewlyAbove } from '../../../services/digest/above-limits.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { MONDAY, pupilId } from '../../support/small-school.ts';
import { addOpen, seedSchool, TABLES } from '../follow-up/reminder-school.ts';
import { schoolWith } from '../schedule/schools.ts';

/** Of a hundred minutes offered that day, so many missed; all is reported where nothing else is said. */
type Day = readonly [date: string, missed: number, reported?: number];

forEachEngine('who is newly above a limit', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => {
    await empty(db, [...TABLES, 'day_sum']);
    await seedSchool(db);
    await addOpen(db, 0);
  });
  after(async () => await storage.close());

  async function missed(number: number, days: readonly Day[]): Promise<void> {
    await db
      .insertInto('daySum')
      .values(
        days.map(([day, invalidMinutes, reportedMinutes = 100]) => ({
          pupilId: pupilId(number),
          day: Temporal.PlainDate.from(day),
          schoolId: 'norr',
          offeredMinutes: 100,
          reportedMinutes,
          validMinutes: 0,
          invalidMinutes,
          lessons: 1,
          lessonsReported: 1,
          lessonsMissed: 0,
          lateArrivals: 0,
        })),
      )
      .execute();
  }
  const above = async (limits: readonly number[] = [0.2], day = MONDAY) =>
    (await readNewlyAbove(db, schoolWith({ digestAbove: limits }), day)).map(
      ({ limit, absence }) => `${limit}: ${absence}`,
    );

  const cases: readonly (readonly [string, readonly number[], readonly Day[], readonly string[]])[] = [
    [
      'one who passed it on the last school day',
      [0.2],
      [
        ['2026-11-19', 0],
        ['2026-11-20', 50],
      ],
      ['0.2: 0.25'],
    ],
    [
      'nobody who stands on it',
      [0.2],
      [
        ['2026-11-19', 0],
        ['2026-11-20', 40],
      ],
      [],
    ],
    [
      'nobody who was above it before',
      [0.2],
      [
        ['2026-11-19', 90],
        ['2026-11-20', 90],
      ],
      [],
    ],
    [
      'nobody for what is missed today',
      [0.2],
      [
        ['2026-11-20', 0],
        ['2026-11-23', 100],
      ],
      [],
    ],
    [
      'the highest of several that were passed',
      [0.5, 0.1, 0.2],
      [
        ['2026-11-19', 0],
        ['2026-11-20', 80],
      ],
      ['0.2: 0.4'],
    ],
    [
      'a higher one by somebody above a lower one',
      [0.2, 0.5],
      [
        ['2026-11-19', 40],
        ['2026-11-20', 80],
      ],
      ['0.5: 0.6'],
    ],
    [
      'nobody where there is no limit',
      [],
      [
        ['2026-11-19', 0],
        ['2026-11-20', 100],
      ],
      [],
    ],
    [
      'one who is above it now that an old day is out of the four weeks',
      [0.2],
      [
        ['2026-10-23', 0],
        ['2026-11-19', 30],
        ['2026-11-20', 30],
      ],
      ['0.2: 0.3'],
    ],
  ];
  for (const [name, limits, days, expected] of cases) {
    it(`names ${name}`, async () => {
      await missed(0, days);

      assert.deepEqual(await above(limits), expected);
    });
  }

  it('asks of the school day before, over a weekend', async () => {
    await missed(0, [
      ['2026-11-19', 0],
      ['2026-11-20', 50],
    ]);

    assert.deepEqual(await above([0.2], MONDAY.add({ days: 1 })), []);
  });

  it('has the most absent first, each with their group', async () => {
    await addOpen(db, 1);
    await missed(0, [
      ['2026-11-19', 0],
      ['2026-11-20', 50],
    ]);
    await missed(1, [
      ['2026-11-19', 0],
      ['2026-11-20', 90],
    ]);

    assert.deepEqual(await above(), ['0.2: 0.45', '0.2: 0.25']);
  });
});
