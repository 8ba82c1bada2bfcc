import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { courseStart, decisionName, isEhtLevel, pointsFor } from '../../../services/eht/eht-levels.ts';
import { sectionOf } from '../../../services/eht/list-section.ts';
import { EHT_ROUTINE } from '../../journeys/eht-school.ts';
import { routinesFrom } from '../routine/routines.ts';

const step = { key: 'look', name: 'x', role: 'mentor', dueInSchoolDays: 1 } as const;
const at = (day: number) => Temporal.Instant.from(`2026-11-${String(day).padStart(2, '0')}T10:00:00Z`);
const found = (
  state: 'open' | 'closed' | 'withdrawn',
  accepted: number | null,
  ended: number | null = null,
) => ({
  state,
  acceptedAt: accepted === null ? null : at(accepted),
  endedAt: ended === null ? null : at(ended),
});

describe('a level of the routine', () => {
  it('is EHT’s where it says so, or where it has a step of EHT’s and does not say', () => {
    assert.equal(isEhtLevel({ steps: [step] }), false);
    assert.equal(isEhtLevel({ steps: [step], eht: true }), true);
    assert.equal(isEhtLevel({ steps: [{ ...step, role: 'ehtMember' }] }), true);
    assert.equal(isEhtLevel({ steps: [{ ...step, kind: 'ehtMeeting' }] }), true);
    assert.equal(isEhtLevel({ steps: [{ ...step, role: 'ehtMember' }], eht: false }), false);
  });

  it('has the points of the checklist that are for all, and its own', () => {
    const [routine] = routinesFrom(EHT_ROUTINE);
    const keys = (levels: readonly string[]) => pointsFor(routine, levels).map(({ key }) => key);

    assert.deepEqual(keys(['notice']), ['heard']);
    assert.deepEqual(keys(['notice', 'investigation']), ['heard', 'mapped']);
    assert.deepEqual(pointsFor(undefined, ['notice']), []);
  });
});

describe('a decision', () => {
  it('is called what the routine calls it that it comes from, and by its key where that is gone', () => {
    const routines = routinesFrom(EHT_ROUTINE);
    const named = (validFrom: string, key: string) =>
      decisionName(routines, { routineValidFrom: Temporal.PlainDate.from(validFrom), key });

    assert.equal(named('2026-08-01', 'plan'), 'Handlingsplan');
    assert.equal(named('2026-08-01', 'gone'), 'gone');
    assert.equal(named('2025-08-01', 'plan'), 'plan');
  });
});

describe('a course', () => {
  const table: readonly (readonly [string, readonly ReturnType<typeof found>[], number | undefined])[] = [
    ['is none without an open case', [found('closed', 1, 5)], undefined],
    ['begins with the first of those that are open', [found('open', 7), found('open', 3)], 3],
    ['goes on where one is closed before the other', [found('open', 7), found('closed', 3, 9)], 3],
    [
      'goes back over those that reach into one another',
      [found('open', 9), found('closed', 5, 9), found('closed', 2, 6)],
      2,
    ],
    ['begins anew after all were closed', [found('open', 9), found('closed', 2, 6)], 9],
    ['knows nothing of what was never accepted', [found('open', 9), found('withdrawn', null, 12)], 9],
  ];
  for (const [name, cases, expected] of table) {
    it(name, () => {
      assert.equal(courseStart(cases), expected === undefined ? undefined : at(expected).epochMilliseconds);
    });
  }
});

describe('a pupil on the list', () => {
  const plain = { hasEarlierDecision: false, hasOverdueStep: false, wasListed: true, wasPassedOver: false };
  const table = [
    ['among the others', plain, 'other'],
    ['among the new', { ...plain, wasListed: false }, 'new'],
    ['first with a decision that is not done', { ...plain, hasEarlierDecision: true }, 'carried'],
    ['first with an overdue step', { ...plain, wasListed: false, hasOverdueStep: true }, 'carried'],
    ['first where the last meeting did not come to them', { ...plain, wasPassedOver: true }, 'carried'],
  ] as const;
  for (const [name, standing, expected] of table) {
    it(`stands ${name}`, () => {
      assert.equal(sectionOf(standing), expected);
    });
  }
});
