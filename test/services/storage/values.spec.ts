import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';

forEachEngine('a value from the database', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  after(async () => await storage.close());

  async function read(expression: string, on: Db = db): Promise<unknown> {
    const { rows } = await sql<{ value: unknown }>`select ${sql.raw(expression)} as value`.execute(on);
    return rows[0]?.value;
  }

  const numbers: readonly (readonly [string, number])[] = [
    ["'9007199254740991'::int8", 9_007_199_254_740_991],
    ["'-1'::int8", -1],
    ['count(*)', 1],
    ["'22.5'::numeric", 22.5],
    ['1::int2', 1],
    ['0.25::float8', 0.25],
    ['sum(1::int8)', 1],
  ];
  for (const [expression, expected] of numbers) {
    it(`is a number: ${expression}`, async () => assert.equal(await read(expression), expected));
  }

  for (const day of ['2026-11-23', '2026-10-25', '2027-03-28', '2026-01-01', '1999-12-31']) {
    it(`is a day and no midnight: ${day}`, async () => {
      const value = await read(`'${day}'::date`);

      assert.ok(value instanceof Temporal.PlainDate);
      assert.equal(value.toString(), day);
    });
  }

  const instants: readonly (readonly [string, string])[] = [
    ['2026-11-23 08:45:00+01', '2026-11-23T07:45:00Z'],
    ['2026-10-25 02:30:00+02', '2026-10-25T00:30:00Z'],
    ['2026-10-25 02:30:00+01', '2026-10-25T01:30:00Z'],
    ['2026-11-23 08:45:00.123456+00', '2026-11-23T08:45:00.123456Z'],
  ];
  for (const zone of ['UTC', 'Europe/Stockholm', 'Asia/Kolkata', 'America/St_Johns']) {
    it(`is an instant, although the database speaks in the time of ${zone}`, async () => {
      const found = await db.transaction().execute(async (trx) => {
        await sql`set local timezone to ${sql.lit(zone)}`.execute(trx);
        return await Promise.all(instants.map(([text]) => read(`'${text}'::timestamptz`, trx)));
      });

      assert.ok(found.every((value) => value instanceof Temporal.Instant));
      assert.deepEqual(
        found.map(String),
        instants.map(([, utc]) => utc),
      );
    });
  }

  const durations: readonly (readonly [string, string])[] = [
    ['0 seconds', 'PT0S'],
    ['90 minutes', 'PT1H30M'],
    ['1 year 2 months 3 days 4 hours 5.678 seconds', 'P1Y2M3DT4H5.678S'],
    ['-2 days -30 seconds', '-P2DT30S'],
    ['36 hours', 'PT36H'],
  ];
  for (const [text, iso] of durations) {
    it(`is a duration: ${text}`, async () => {
      const value = await read(`'${text}'::interval`);

      assert.ok(value instanceof Temporal.Duration);
      assert.equal(value.toString(), iso);
    });
  }

  it('is undefined nowhere and null where there is none', async () => {
    for (const type of ['int8', 'numeric', 'date', 'timestamptz', 'interval', 'jsonb']) {
      assert.equal(await read(`null::${type}`), null, type);
    }
  });

  it('goes in and comes out the same: day, instant, and json with arrays and keys of its own', async () => {
    const dataAt = Temporal.Instant.from('2026-11-23T07:45:00.5Z');
    const heldFor = [
      { kind: 'fewLessonsReported', reported: 0, started: 41, least: 0.5 },
      { kind: 'noLessons' },
    ] as const;
    const row = {
      schoolId: 'norr',
      day: Temporal.PlainDate.from('2026-11-23'),
      state: 'held',
      dataAt,
    } as const;
    const release = { releasedAt: null, releasedById: null, releasedByName: null };

    await db
      .insertInto('morning')
      .values({ ...row, heldFor: JSON.stringify(heldFor), ...release })
      .execute();

    const found = await db.selectFrom('morning').selectAll().executeTakeFirstOrThrow();
    assert.deepEqual(found.heldFor, heldFor);
    assert.ok(found.day.equals(row.day));
    assert.ok(found.dataAt.equals(dataAt));
    assert.equal(await read("(select held_for ->> 0 from morning) like '%fewLessonsReported%'"), true);
  });

  it('is found by days and instants, alone and in a list', async () => {
    const day = Temporal.PlainDate.from('2026-11-24');
    const at = Temporal.Instant.from('2026-11-24T16:00:00Z');
    const run = { job: 'dayClose', schoolId: 'norr', state: 'done', finishedAt: null, note: null } as const;
    await db
      .insertInto('jobRun')
      .values({ ...run, day, startedAt: at })
      .execute();

    const found = await db
      .selectFrom('jobRun')
      .select('day')
      .where('day', 'in', [day, day.add({ days: 1 })])
      .where('startedAt', '=', at)
      .execute();

    assert.deepEqual(
      found.map((one) => one.day.toString()),
      ['2026-11-24'],
    );
  });

  it('is the day that was written, where the process lives in Stockholm', async () => {
    const days = ['2026-10-25', '2027-03-28', '2026-11-23'].map((day) => Temporal.PlainDate.from(day));
    const minutes = { offeredMinutes: 0, reportedMinutes: 0, validMinutes: 0, invalidMinutes: 0 };
    const counts = { lessons: 0, lessonsReported: 0, lessonsMissed: 0, lateArrivals: 0 };

    const found = await inZone('Europe/Stockholm', async () => {
      assert.equal(new Date(2026, 6, 1).getTimezoneOffset(), -120, 'the zone took no effect');
      await db
        .insertInto('daySum')
        .values(days.map((day) => ({ pupilId: 'p1', schoolId: 'norr', day, ...minutes, ...counts })))
        .execute();
      const query = sql<{ day: Temporal.PlainDate; text: string }>`
        select day, day::text as text from day_sum where day = any(${days}::date[])`;
      return (await query.execute(db)).rows;
    });

    const told = found.map(({ day, text }) => [day.toString(), text]).sort();
    assert.deepEqual(told, days.map((day) => [day.toString(), day.toString()]).sort());
  });
});

async function inZone<T>(zone: string, act: () => Promise<T>): Promise<T> {
  const before = process.env.TZ;
  process.env.TZ = zone;
  try {
    return await act();
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
}
