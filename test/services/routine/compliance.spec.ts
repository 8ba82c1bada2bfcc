import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { complianceOf, complianceShares, NO_STEPS, stepFate } from '../../../services/routine/compliance.ts';
import { addCompliance, readCompliance } from '../../../services/routine/read-compliance.ts';
import type { Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';

const MONDAY = Temporal.PlainDate.from('2026-11-23');
const FRIDAY = MONDAY.subtract({ days: 3 });
const TUESDAY = MONDAY.add({ days: 1 });
const AT = Temporal.Instant.from('2026-11-23T16:00:00Z');

const step = {
  state: 'open',
  doneDay: null,
  dueDay: MONDAY,
  firstDueDay: MONDAY,
  legalWeight: null,
  reason: null,
  endedAt: null,
} as const;
const ZONE = 'Europe/Stockholm';
/** Ended by the closing of its case, at this time. */
const closed = (time: string, reason = 'caseClosed') =>
  ({ state: 'notNeeded', reason, endedAt: Temporal.Instant.from(time) }) as const;
const later = { firstDueDay: FRIDAY };
const legal = { legalWeight: 'investigationOpened' };

const table: readonly (readonly [
  string,
  Partial<Parameters<typeof stepFate>[0]>,
  Temporal.PlainDate,
  string | undefined,
])[] = [
  ['is open on its last day', {}, MONDAY, 'open'],
  ['is overdue the day after', {}, TUESDAY, 'overdue'],
  [
    'is on time when done on its last day, whenever it is told',
    { state: 'done', doneDay: MONDAY },
    TUESDAY,
    'onTime',
  ],
  ['is late when done the day after', { state: 'done', doneDay: TUESDAY }, TUESDAY, 'late'],
  ['is judged by the day it was given', later, MONDAY, 'open'],
  ['with legal weight is judged by the day it was due first', { ...later, ...legal }, MONDAY, 'overdue'],
  ['was not needed', { state: 'notNeeded' }, TUESDAY, 'notNeeded'],
  [
    'was not needed for a reason of somebody’s, however late that was said',
    closed('2026-11-30T09:00:00Z', 'absenceCeased'),
    TUESDAY,
    'notNeeded',
  ],
  [
    'was not needed where its case was closed in its time',
    closed('2026-11-23T22:59:59Z'),
    TUESDAY,
    'notNeeded',
  ],
  ['is overdue where its case was closed after it', closed('2026-11-23T23:00:00Z'), TUESDAY, 'overdue'],
  [
    'is overdue where its pupil left after it',
    closed('2026-11-24T09:00:00Z', 'leftSchool'),
    TUESDAY,
    'overdue',
  ],
  [
    'with legal weight is overdue where its case was closed after its first day',
    { ...closed('2026-11-23T09:00:00Z'), ...later, ...legal },
    TUESDAY,
    'overdue',
  ],
  ['counts for nothing while it is proposed', { state: 'proposed' }, TUESDAY, undefined],
  ['counts for nothing where its case was withdrawn', { state: 'dropped' }, TUESDAY, undefined],
];

describe('a step of the routine', () => {
  for (const [sentence, more, day, fate] of table) {
    it(sentence, () => {
      assert.equal(stepFate({ ...step, ...more }, day, ZONE), fate);
    });
  }
});

describe('what waits of a step', () => {
  it('is nothing once its case is closed, however late that was', () => {
    const left = { ...step, ...closed('2026-11-30T09:00:00Z') };

    assert.equal(stepFate(left, TUESDAY), 'notNeeded');
  });
});

describe('how the routine was followed', () => {
  it('is shares of all the steps that somebody was asked to do', () => {
    const steps = [
      step,
      { ...step, state: 'done' as const, doneDay: MONDAY },
      { ...step, state: 'done' as const, doneDay: TUESDAY },
      { ...step, state: 'notNeeded' as const },
      { ...step, state: 'dropped' as const },
    ];

    const compliance = complianceOf(steps, MONDAY, ZONE);

    const shares = { onTime: 0.25, late: 0.25, overdue: 0, open: 0.25, notNeeded: 0.25 };
    assert.deepEqual(complianceShares(compliance), shares);
  });

  it('is nothing where there were no steps', () => {
    assert.equal(complianceShares(NO_STEPS), undefined);
  });
});

forEachEngine('readCompliance', (engine) => {
  let storage: Storage;
  before(async () => {
    storage = await engine.open();
  });
  after(() => storage.close());

  const around = fc.integer({ min: -3, max: 3 }).map((days) => MONDAY.add({ days }));
  const anyStep = fc
    .record({
      state: fc.constantFrom(
        'proposed' as const,
        'open' as const,
        'done' as const,
        'notNeeded' as const,
        'dropped' as const,
      ),
      doneDay: around,
      firstDueDay: around,
      extra: fc.nat(3),
      legalWeight: fc.constantFrom(null, 'investigationOpened'),
      schoolId: fc.constantFrom('norr', 'soder'),
      key: fc.constantFrom('letter', 'look'),
      reason: fc.constantFrom('otherMeasure', 'absenceCeased', 'caseClosed', 'leftSchool'),
      // Around midnight, wherever that is.
      hours: fc.integer({ min: -72, max: 72 }),
    })
    .map(({ extra, hours, reason, ...one }) => ({
      ...one,
      reason: one.state === 'notNeeded' ? reason : null,
      endedAt: one.state === 'proposed' || one.state === 'open' ? null : AT.add({ hours }),
      doneDay: one.state === 'done' ? one.doneDay : null,
      dueDay: one.firstDueDay.add({ days: extra }),
    }));

  it('adds up to what each step by itself comes to, per school and kind, wherever the schools are', async () => {
    const { db } = storage;
    const anyZone = fc.constantFrom(ZONE, 'Pacific/Auckland', 'America/Los_Angeles');
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { maxLength: 12 }), anyZone, async (steps, timeZone) => {
        await sql`truncate routine_step, routine_case cascade`.execute(db);
        await insert(steps);

        const lines = await readCompliance(db, { firstDay: FRIDAY, lastDay: TUESDAY, day: MONDAY, timeZone });

        const within = steps.filter(
          (one) =>
            Temporal.PlainDate.compare(one.firstDueDay, FRIDAY) >= 0 &&
            Temporal.PlainDate.compare(one.firstDueDay, TUESDAY) <= 0,
        );
        assert.deepEqual(addCompliance(lines), complianceOf(within, MONDAY, timeZone));
        for (const line of lines) {
          const own = within.filter((one) => one.schoolId === line.schoolId && one.key === line.key);
          assert.deepEqual(addCompliance([line]), complianceOf(own, MONDAY, timeZone));
        }
      }),
      { numRuns: 25 },
    );
  });

  async function insert(steps: readonly (typeof anyStep extends fc.Arbitrary<infer S> ? S : never)[]) {
    for (const [place, one] of steps.entries()) {
      const found = await storage.db
        .insertInto('routineCase')
        .values({
          pupilId: `p${place}`,
          schoolId: one.schoolId,
          level: 'notice',
          state: 'proposed',
          routineValidFrom: FRIDAY,
          crossedDay: FRIDAY,
          crossing: '{}',
          proposedAt: AT,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await storage.db
        .insertInto('routineStep')
        .values({
          ...one,
          caseId: found.id,
          round: 1,
          place,
          pupilId: `p${place}`,
          level: 'notice',
          routineValidFrom: FRIDAY,
          role: 'mentor',
          dueInSchoolDays: 1,
        })
        .execute();
    }
  }
});
