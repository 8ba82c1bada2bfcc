import assert from 'node:assert/strict';
import { type GateFigures, holdReasons } from '../../../services/morning/gate.ts';

const limits = { leastReported: 0.5, timesUsual: 3, leastShareAbsent: 0.1 };
const ordinary: GateFigures = { pupils: 300, missing: 9, usual: 10, lessonsStarted: 40, lessonsReported: 36 };

describe('the completeness gate and the anomaly stop', () => {
  const cases: readonly { name: string; figures: Partial<GateFigures>; kinds: readonly string[] }[] = [
    { name: 'lets an ordinary morning out', figures: {}, kinds: [] },
    {
      name: 'holds when no lesson has begun',
      figures: { lessonsStarted: 0, lessonsReported: 0 },
      kinds: ['noLessons'],
    },
    {
      name: 'holds under the least share of reported lessons',
      figures: { lessonsReported: 19 },
      kinds: ['fewLessonsReported'],
    },
    { name: 'lets out at exactly the least share', figures: { lessonsReported: 20 }, kinds: [] },
    { name: 'holds when far more are missing than usual', figures: { missing: 31 }, kinds: ['manyAbsent'] },
    { name: 'lets out at exactly so many times the usual', figures: { missing: 30 }, kinds: [] },
    { name: 'takes a small number for what it is', figures: { missing: 29, usual: 1 }, kinds: [] },
    {
      name: 'judges without history by an ordinary share',
      figures: { missing: 46, usual: undefined },
      kinds: ['manyAbsent'],
    },
    {
      name: 'lets out without history what is ordinary',
      figures: { missing: 45, usual: undefined },
      kinds: [],
    },
    {
      name: 'tells both reasons',
      figures: { missing: 200, lessonsReported: 4 },
      kinds: ['fewLessonsReported', 'manyAbsent'],
    },
  ];
  for (const { name, figures, kinds } of cases) {
    it(name, () => {
      const reasons = holdReasons({ ...ordinary, ...figures }, limits);

      assert.deepEqual(
        reasons.map((reason) => reason.kind),
        kinds,
      );
    });
  }
});
