import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import {
  type Compliance,
  complianceShares,
  NO_STEPS,
  stepFate,
} from '../../../services/routine/compliance.ts';
import { addCompliance, readCompliance } from '../../../services/routine/read-compliance.ts';
import type { Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';

const MONDAY = Temporal.PlainDate.from('2026-11-23');
const FRIDAY = MONDAY.subtract({ days: 3 });
const TUESDAY = MONDAY.add({ days: 1 });

const step = {
  state: 'open',
  doneDay: null,
  dueDay: MONDAY,
  firstDueDay: MONDAY,
  legalWeight: null,
} as const;
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
  ['counts for nothing while it is proposed', { state: 'proposed' }, TUESDAY, undefined],
  ['counts for nothing where its case was withdrawn', { state: 'dropped' }, TUESDAY, undefined],
];

describe('a step of the routine', () => {
  for (const [sentence, more, day, fate] of table) {
    it(sentence, () => {
      assert.equal(stepFate({ ...step, ...more }, day), fate);
    });
  }
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

    const compliance = complianceOf(steps, MONDAY);

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
    })
    .map(({ extra, ...one }) => ({
      ...one,
      doneDay: one.state === 'done' ? one.doneDay : null,
      dueDay: one.firstDueDay.add({ days: extra }),
    }));

  it('adds up to what each step by itself comes to, per school and kind', async () => {
    const { db } = storage;
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { maxLength: 12 }), async (steps) => {
        await sql`truncate routine_step, routine_case cascade`.execute(db);
        await insert(steps);

        const lines = await readCompliance(db, { firstDay: FRIDAY, lastDay: TUESDAY, day: MONDAY });

        const within = steps.filter(
          (one) =>
            Temporal.PlainDate.compare(one.firstDueDay, FRIDAY) >= 0 &&
            Temporal.PlainDate.compare(one.firstDueDay, TUESDAY) <= 0,
        );
        assert.deepEqual(addCompliance(lines), complianceOf(within, MONDAY));
        for (const line of lines) {
          const own = within.filter((one) => one.schoolId === line.schoolId && one.key === line.key);
          assert.deepEqual(addCompliance([line]), complianceOf(own, MONDAY));
        }
      }),
      { numRuns: 25 },
    );
  });

  async function insert(steps: readonly (typeof anyStep extends fc.Arbitrary<infer S> ? S : never)[]) {
    const at = Temporal.Instant.from('2026-11-23T16:00:00Z');
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
          proposedAt: at,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      const isEnded = one.state !== 'proposed' && one.state !== 'open';
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
          endedAt: isEnded ? at : null,
        })
        .execute();
    }
  }
});

/** Adds up what became of steps one at a time, to hold what the database adds up against. */
function complianceOf(steps: Iterable<Parameters<typeof stepFate>[0]>, day: Temporal.PlainDate): Compliance {
  const sum = { ...NO_STEPS };
  for (const step of steps) {
    const fate = stepFate(step, day);
    if (fate === undefined) continue;
    sum.steps += 1;
    sum[fate] += 1;
    if (Temporal.PlainDate.compare(step.dueDay, step.firstDueDay) > 0) sum.withMoreTime += 1;
  }
  return sum;
}
