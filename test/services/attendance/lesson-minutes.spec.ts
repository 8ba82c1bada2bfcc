import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  lessonMinutes,
  lessonOutcome,
  type ReportedMinutes,
} from '../../../services/attendance/lesson-minutes.ts';

const NOTHING: ReportedMinutes = {
  presentMinutes: 0,
  validMinutes: 0,
  invalidMinutes: 0,
  elsewhereMinutes: 0,
};

describe('lessonMinutes', () => {
  const cases = [
    {
      name: 'keeps what fits',
      offered: 60,
      given: { presentMinutes: 50, invalidMinutes: 10 },
      kept: [50, 0, 10, 0],
    },
    {
      name: 'lets presence give way',
      offered: 60,
      given: { presentMinutes: 60, invalidMinutes: 10 },
      kept: [50, 0, 10, 0],
    },
    {
      name: 'lets elsewhere give way',
      offered: 60,
      given: { presentMinutes: 40, elsewhereMinutes: 40 },
      kept: [40, 0, 0, 20],
    },
    {
      name: 'keeps invalid before valid',
      offered: 60,
      given: { validMinutes: 60, invalidMinutes: 20 },
      kept: [0, 40, 20, 0],
    },
    {
      name: 'cuts absence to a shortened lesson',
      offered: 40,
      given: { validMinutes: 60 },
      kept: [0, 40, 0, 0],
    },
    {
      name: 'keeps nothing of a cancelled lesson',
      offered: 0,
      given: { invalidMinutes: 60 },
      kept: [0, 0, 0, 0],
    },
    {
      name: 'takes negative minutes as none',
      offered: 60,
      given: { presentMinutes: 60, validMinutes: -5 },
      kept: [60, 0, 0, 0],
    },
  ];
  for (const { name, offered, given, kept } of cases) {
    it(name, () => {
      const minutes = lessonMinutes(offered, { ...NOTHING, ...given });

      const { presentMinutes, validMinutes, invalidMinutes, elsewhereMinutes } = minutes;
      assert.deepEqual([presentMinutes, validMinutes, invalidMinutes, elsewhereMinutes], kept);
    });
  }

  it('is unknown without a report, and with a report of no minutes at all', () => {
    for (const reported of [undefined, NOTHING]) assert.equal(lessonMinutes(60, reported).isReported, false);
  });

  it('never accounts for more than was offered, and never loses absence that fits', () => {
    const minutes = fc.integer({ min: -5, max: 200 });
    const reported = fc.record({
      presentMinutes: minutes,
      validMinutes: minutes,
      invalidMinutes: minutes,
      elsewhereMinutes: minutes,
    });

    fc.assert(
      fc.property(fc.integer({ min: 0, max: 120 }), reported, (offered, given) => {
        const kept = lessonMinutes(offered, given);

        const absence = kept.validMinutes + kept.invalidMinutes;
        assert.ok(absence + kept.presentMinutes + kept.elsewhereMinutes <= offered);
        assert.equal(
          absence,
          Math.min(offered, Math.max(0, given.validMinutes) + Math.max(0, given.invalidMinutes)),
        );
      }),
    );
  });
});

describe('lessonOutcome', () => {
  const cases = [
    { offered: 0, given: { presentMinutes: 60 }, outcome: 'notOffered' },
    { offered: 60, given: undefined, outcome: 'unknown' },
    { offered: 60, given: { presentMinutes: 60 }, outcome: 'present' },
    { offered: 60, given: { elsewhereMinutes: 60 }, outcome: 'present' },
    { offered: 60, given: { presentMinutes: 30, validMinutes: 30 }, outcome: 'present' },
    { offered: 60, given: { presentMinutes: 45, invalidMinutes: 15 }, outcome: 'late' },
    { offered: 60, given: { elsewhereMinutes: 45, invalidMinutes: 15 }, outcome: 'late' },
    { offered: 60, given: { invalidMinutes: 60 }, outcome: 'missed' },
    { offered: 60, given: { validMinutes: 60 }, outcome: 'missed' },
    { offered: 60, given: { validMinutes: 30, invalidMinutes: 30 }, outcome: 'missed' },
  ] as const;
  for (const { offered, given, outcome } of cases) {
    it(`calls ${JSON.stringify(given ?? 'nothing')} of ${offered} ${outcome}`, () => {
      assert.equal(lessonOutcome(lessonMinutes(offered, given && { ...NOTHING, ...given })), outcome);
    });
  }
});
