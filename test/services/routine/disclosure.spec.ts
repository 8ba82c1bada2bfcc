import assert from 'node:assert/strict';
import fc from 'fast-check';
import { NO_STEPS } from '../../../services/routine/compliance.ts';
import { disclosed, LEAST_PUPILS } from '../../../services/routine/disclosure.ts';
import { addCompliance, type ComplianceLine } from '../../../services/routine/read-compliance.ts';

function line(key: string, pupils: number, more: Partial<ComplianceLine> = {}): ComplianceLine {
  const steps = pupils + 1;
  return {
    ...NO_STEPS,
    schoolId: 'norr',
    level: 'l',
    key,
    isFollowUp: false,
    pupils,
    steps,
    onTime: steps,
    ...more,
  };
}

const told = (lines: readonly ComplianceLine[]) =>
  disclosed(lines).map(({ schoolId, lines: own, total }) => ({
    schoolId,
    hidden: own.filter(({ isSuppressed }) => isSuppressed).map(({ key }) => key),
    total: total?.steps,
  }));

describe('what is told of compliance outside a school', () => {
  it('is everything where each line is about pupils enough', () => {
    assert.deepEqual(told([line('a', 5), line('b', 9)]), [{ schoolId: 'norr', hidden: [], total: 16 }]);
  });

  it('is not a line about few pupils, nor the smallest of the others, so that the total does not tell', () => {
    assert.deepEqual(told([line('a', 9), line('b', 4), line('c', 6)]), [
      { schoolId: 'norr', hidden: ['b', 'c'], total: 22 },
    ]);
  });

  it('is no total where only lines about few pupils are left out: the same pupils may stand behind them all', () => {
    assert.deepEqual(told([line('a', 3), line('b', 4)]), [
      { schoolId: 'norr', hidden: ['a', 'b'], total: undefined },
    ]);
    assert.deepEqual(told([line('a', 3)]), [{ schoolId: 'norr', hidden: ['a'], total: undefined }]);
  });

  it('is judged school by school', () => {
    const lines = [line('a', 2), line('b', 8), line('a', 7, { schoolId: 'soder' })];

    assert.deepEqual(told(lines), [
      { schoolId: 'norr', hidden: ['a', 'b'], total: 12 },
      { schoolId: 'soder', hidden: [], total: 8 },
    ]);
  });

  it('never lets the figures of few pupils be worked out, whatever the lines', () => {
    const anyLine = fc
      .tuple(fc.nat(3), fc.integer({ min: 1, max: 12 }), fc.constantFrom('norr', 'soder'))
      .map(([extra, pupils, schoolId], index = 0) => ({ extra, pupils, schoolId, index }));
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 10 }), (all) => {
        const lines = all.map(({ pupils, schoolId, extra }, index) =>
          line(`k${index}`, pupils, { schoolId, steps: pupils + extra, onTime: pupils, open: extra }),
        );

        for (const { schoolId, lines: own, total } of disclosed(lines)) {
          const shown = own.filter(({ isSuppressed }) => !isSuppressed);
          assert.ok(shown.every(({ pupils }) => pupils >= LEAST_PUPILS));
          for (const one of own.filter(({ isSuppressed }) => isSuppressed))
            assert.deepEqual(addCompliance([one]), NO_STEPS);
          if (total === undefined) continue;
          const rest = total.steps - addCompliance(shown).steps;
          const hidden = lines.filter(
            (one) => one.schoolId === schoolId && !shown.some(({ key }) => key === one.key),
          );
          // What the total leaves after what is shown is about pupils enough, and of more lines than one.
          assert.equal(rest, addCompliance(hidden).steps);
          if (rest > 0)
            assert.ok(hidden.length > 1 && Math.max(...hidden.map(({ pupils }) => pupils)) >= LEAST_PUPILS);
        }
      }),
    );
  });
});
