import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import type { PupilName } from '../../services/people/pupil-names.ts';
import type { CaseLine, CasesView } from '../../services/routine/cases-view.ts';
import type { CaseDetail } from '../../services/routine/read-case-detail.ts';
import type { StepLine } from '../../services/routine/step-line.ts';
import type { StepMessageView, ToldLine } from '../../services/routine/step-message-view.ts';
import { clockTime, guid, MONDAY, pupilId } from '../support/small-school.ts';
import { anyName } from './names.ts';

export const ELIN: PupilName = { name: 'Elin Berg', groupName: '8B', reference: undefined };
export const HIDDEN: PupilName = { name: undefined, groupName: '', reference: '3F2A91C4' };

export function caseLine(number = 0, more: Partial<CaseLine> = {}): CaseLine {
  return {
    id: guid(8, number),
    pupilId: pupilId(number),
    pupil: ELIN,
    level: 'investigation',
    levelName: 'Brev och utredning',
    crossing: {
      level: 'investigation',
      metric: 'totalAbsence',
      window: 'fourWeeks',
      over: 0.2,
      value: 0.224,
    },
    crossedDay: MONDAY,
    belowSince: undefined,
    asks: 'accept',
    hasLeft: false,
    ...more,
  };
}

export function casesView(cases: readonly CaseLine[], more: Partial<CasesView> = {}): CasesView {
  return { schoolId: 'norr', schoolName: 'Norrskolan', day: MONDAY, isReplaced: false, cases, ...more };
}

export function stepLine(number = 0, more: Partial<ToldLine> = {}): ToldLine {
  return {
    id: guid(9, number),
    version: 3,
    caseId: guid(8, number),
    schoolId: 'norr',
    pupilId: pupilId(number),
    pupil: ELIN,
    levelName: 'Brev och utredning',
    name: 'Enkel utredning',
    isFollowUp: false,
    kind: undefined,
    hasLegalWeight: false,
    state: 'open',
    owner: { staffId: guid(3, 1), address: undefined, name: 'Anna Berg' },
    dueDay: MONDAY.add({ days: 4 }),
    judgedBy: more.dueDay ?? MONDAY.add({ days: 4 }),
    doneDay: undefined,
    ended: undefined,
    reason: undefined,
    stages: [],
    isElsewhere: false,
    ...more,
  };
}

export const DONE = {
  state: 'done',
  doneDay: MONDAY,
  ended: { by: 'Bo Ek', at: clockTime('09:12') },
} as const satisfies Partial<StepLine>;

export function messageView(
  steps: readonly ToldLine[],
  more: Partial<StepMessageView> = {},
): StepMessageView {
  return {
    batchId: guid(7, 1),
    schoolId: 'norr',
    schoolName: 'Norrskolan',
    rung: 'given',
    isForCoordinators: false,
    steps,
    ...more,
  };
}

export function caseDetail(
  steps: readonly StepLine[],
  more: Partial<CaseDetail> = {},
  row: Partial<CaseDetail['row']> = {},
): CaseDetail {
  const line = caseLine();
  return {
    ...line,
    steps,
    now: undefined,
    row: {
      id: line.id,
      pupilId: line.pupilId,
      schoolId: 'norr',
      level: line.level,
      state: 'proposed',
      asks: null,
      askedDay: null,
      round: 1,
      routineValidFrom: Temporal.PlainDate.from('2026-08-01'),
      crossedDay: line.crossedDay,
      crossing: line.crossing,
      belowSince: null,
      proposedAt: clockTime('17:00'),
      acceptedAt: null,
      acceptedById: null,
      acceptedByName: null,
      endedAt: null,
      endedById: null,
      endedByName: null,
      endedReason: null,
      version: 1,
      ...row,
    },
    ...more,
  };
}

const anyPupil: fc.Arbitrary<PupilName> = fc.oneof(
  fc.constant(HIDDEN),
  fc.record({ name: anyName, groupName: anyName, reference: fc.constant(undefined) }),
);

const anyCrossing = fc.record({
  level: fc.constant('investigation'),
  metric: fc.constantFrom(
    'totalAbsence' as const,
    'invalidAbsence' as const,
    'oneSubject' as const,
    'consecutiveDays' as const,
    'occasions' as const,
    'invalidLessons' as const,
  ),
  window: fc.constantFrom(
    'today' as const,
    'fourWeeks' as const,
    'month' as const,
    'term' as const,
    undefined,
  ),
  over: fc.constantFrom(0, 0.1, 0.2, 5),
  value: fc.constantFrom(0.2004, 0.224, 0.999, 1, 6, 400),
  subject: fc.option(anyName, { nil: undefined }),
  reporting: fc.constantFrom(undefined, 0.93, 0.9999),
});

/** Cases of a school as none has them, and some as every school does. */
export const anyCases: fc.Arbitrary<readonly CaseLine[]> = fc.array(
  fc
    .record({
      pupil: anyPupil,
      level: fc.constantFrom('notice', 'investigation'),
      crossing: anyCrossing,
      asks: fc.constantFrom('accept' as const, 'accept' as const, 'close' as const, 'withdraw' as const),
    })
    .map((more) => caseLine(0, { ...more, levelName: `Nivå ${more.level}` })),
  { maxLength: 60, size: 'max' },
);

export const anySteps: fc.Arbitrary<readonly ToldLine[]> = fc.array(
  fc
    .record({
      pupil: anyPupil,
      name: anyName,
      levelName: anyName,
      by: anyName,
      isFollowUp: fc.boolean(),
      hasLegalWeight: fc.boolean(),
      isElsewhere: fc.boolean(),
      kind: fc.constantFrom(undefined, 'guardianLetter' as const, 'contactPerson' as const),
      state: fc.constantFrom('open' as const, 'done' as const, 'notNeeded' as const, 'dropped' as const),
      stages: fc.constantFrom(0, 1, 2),
    })
    .map(({ by, state, stages, ...more }) =>
      stepLine(0, {
        ...more,
        state,
        owner: { staffId: undefined, address: 'a@b.example', name: by },
        doneDay: state === 'done' ? MONDAY : undefined,
        ended: state === 'open' ? undefined : { by, at: clockTime('09:12') },
        reason: state === 'notNeeded' ? 'otherMeasure' : undefined,
        stages: (['chosen', 'approved'] as const)
          .slice(0, stages)
          .map((stage) => ({ stage, by, at: clockTime('09:12') })),
      }),
    ),
  { maxLength: 60, size: 'max' },
);
