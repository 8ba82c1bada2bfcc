import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { type Judged, judgeCase, type Verdict } from '../../../services/routine/judge-case.ts';
import { isActive } from '../../../services/routine/routine-case.ts';
import { schoolWith } from '../schedule/schools.ts';

const { calendar } = schoolWith();
const MONDAY = Temporal.PlainDate.from('2026-11-23');
const FRIDAY = MONDAY.subtract({ days: 3 });
const THURSDAY = MONDAY.subtract({ days: 4 });

type Standing = NonNullable<Parameters<typeof judgeCase>[0]>;

const open: Standing = { state: 'open', asks: null, askedDay: null, belowSince: null };
const above: Judged = {
  isAbove: true,
  isCorrected: false,
  hasLeft: false,
  day: MONDAY,
  calendar,
  ceasedAfterSchoolDays: 3,
};
const below: Judged = { ...above, isAbove: false };

function told(verdict: Verdict): string {
  if (verdict.kind !== 'note') return verdict.kind;
  const { asks, askedDay, belowSince } = verdict.change;
  return [`asks ${asks}`, askedDay, `below ${belowSince}`].filter((one) => one !== null).join(' ');
}

const table: readonly (readonly [string, Standing | undefined, Judged, string])[] = [
  ['above without a case is proposed', undefined, above, 'propose'],
  ['below without a case is nothing', undefined, below, 'nothing'],
  ['above with an open case is nothing', open, above, 'nothing'],
  ['above with a proposed case is nothing', { ...open, state: 'proposed' }, above, 'nothing'],
  ['below begins to count', open, below, 'asks null below 2026-11-23'],
  ['below for too few school days is nothing', { ...open, belowSince: FRIDAY }, below, 'nothing'],
  [
    'below for long enough asks to close; the weekend does not count',
    { ...open, belowSince: THURSDAY },
    below,
    'asks close 2026-11-23 below 2026-11-19',
  ],
  [
    'what asked already asks on',
    { ...open, belowSince: THURSDAY, asks: 'close', askedDay: FRIDAY },
    below,
    'nothing',
  ],
  [
    'above again takes the question back',
    { ...open, belowSince: THURSDAY, asks: 'close', askedDay: FRIDAY },
    above,
    'asks null below null',
  ],
  [
    'corrected data ask at once to withdraw',
    open,
    { ...below, isCorrected: true },
    'asks withdraw 2026-11-23 below 2026-11-23',
  ],
  ['who has left asks to close', open, { ...below, hasLeft: true }, 'asks close 2026-11-23 below 2026-11-23'],
  [
    'a closed case whose pupil was below meanwhile opens again',
    { ...open, state: 'closed', belowSince: THURSDAY },
    above,
    'reopen',
  ],
  ['a declined case whose pupil is still above does not', { ...open, state: 'withdrawn' }, above, 'nothing'],
  [
    'a declined case whose pupil is below notes it',
    { ...open, state: 'withdrawn' },
    below,
    'asks null below 2026-11-23',
  ],
  [
    'a closed case asks for nothing',
    { ...open, state: 'closed', belowSince: THURSDAY },
    { ...below, isCorrected: true, hasLeft: true },
    'nothing',
  ],
];

describe('judgeCase', () => {
  for (const [sentence, standing, judged, verdict] of table) {
    it(sentence, () => {
      assert.equal(told(judgeCase(standing, judged)), verdict);
    });
  }

  it('says nothing more when asked again the same day, and never ends a case by itself', () => {
    const day = fc.option(fc.constantFrom(THURSDAY, FRIDAY, MONDAY), { nil: null });
    const standing = fc.record({
      state: fc.constantFrom('proposed' as const, 'open' as const, 'closed' as const, 'withdrawn' as const),
      belowSince: day,
      asked: fc.constantFrom(null, 'close' as const, 'withdraw' as const),
    });
    const judged = fc.record({ isAbove: fc.boolean(), isCorrected: fc.boolean(), hasLeft: fc.boolean() });
    fc.assert(
      fc.property(standing, judged, ({ state, belowSince, asked }, more) => {
        const asks = isActive({ state }) ? asked : null;
        const found = { state, belowSince, asks, askedDay: asks === null ? null : FRIDAY };

        const first = judgeCase(found, { ...above, ...more });

        if (first.kind !== 'note') return;
        assert.deepEqual(judgeCase({ ...found, ...first.change }, { ...above, ...more }), {
          kind: 'nothing',
        });
      }),
    );
  });
});
