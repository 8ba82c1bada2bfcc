import assert from 'node:assert/strict';
import { type GateFigures, holdReasons, readingHoldReasons } from '../../../services/morning/gate.ts';

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

describe('the gate of a reading after the morning', () => {
  const known = { lessonsStarted: 40, lessonsReported: 36 };
  type Kind = ReturnType<typeof holdReasons>[number]['kind'];
  const cases: readonly {
    name: string;
    figures?: Partial<GateFigures>;
    known?: Partial<typeof known>;
    accepted?: readonly Kind[];
    kinds: readonly Kind[];
  }[] = [
    { name: 'lets an ordinary one through', figures: { lessonsStarted: 90, lessonsReported: 70 }, kinds: [] },
    {
      name: 'lets one through that knows more, although few of its lessons are reported',
      figures: { lessonsStarted: 90, lessonsReported: 37 },
      kinds: [],
    },
    {
      name: 'lets one through that knows less, as long as enough is reported',
      figures: { lessonsReported: 20 },
      kinds: [],
    },
    {
      name: 'holds one that knows less, and too little',
      figures: { lessonsReported: 19 },
      kinds: ['fewLessonsReported'],
    },
    {
      name: 'counts lessons that are gone as lessons that began',
      figures: { lessonsStarted: 10, lessonsReported: 10 },
      kinds: ['fewLessonsReported'],
    },
    {
      name: 'lets one through where some lessons were cancelled',
      figures: { lessonsStarted: 30, lessonsReported: 30 },
      kinds: [],
    },
    {
      name: 'holds one without lessons',
      figures: { lessonsStarted: 0, lessonsReported: 0 },
      kinds: ['noLessons'],
    },
    {
      name: 'asks nothing of a day that had no lessons before either',
      figures: { lessonsStarted: 0, lessonsReported: 0 },
      known: { lessonsStarted: 0, lessonsReported: 0 },
      kinds: [],
    },
    { name: 'holds one with far more missing than usual', figures: { missing: 31 }, kinds: ['manyAbsent'] },
    {
      name: 'asks once only of what a person has said yes to',
      figures: { missing: 31 },
      accepted: ['manyAbsent'],
      kinds: [],
    },
    {
      name: 'asks of something else all the same',
      figures: { missing: 31, lessonsReported: 4 },
      accepted: ['manyAbsent'],
      kinds: ['fewLessonsReported'],
    },
  ];
  for (const { name, figures, known: less, accepted = [], kinds } of cases) {
    it(name, () => {
      const reasons = readingHoldReasons(
        { ...ordinary, ...figures },
        { ...known, ...less },
        new Set(accepted),
        limits,
      );

      assert.deepEqual(
        reasons.map(({ kind }) => kind),
        kinds,
      );
    });
  }

  it('tells how many lessons there were, where the reading has fewer', () => {
    const [reason] = readingHoldReasons(
      { ...ordinary, lessonsStarted: 10, lessonsReported: 5 },
      known,
      new Set(),
      limits,
    );

    assert.deepEqual(reason, { kind: 'fewLessonsReported', reported: 5, started: 40, least: 0.5 });
  });
});
