import { Temporal } from 'temporal-polyfill';

/** The day that the demo opens with. */
export const STAGED_DAY = Temporal.PlainDate.from('2026-11-23');
const STAGED_SCHOOL = 'torpaskolan-norr';
/** The class of whoever sits at the demo: who is not staged is at the first lesson, so that its card stays short. */
const OWN_CLASS = '8B';
/** The class whose first lesson is reported only after the morning card. */
const LATE_REPORTER = '8C';

/**
 * What a pupil is given to do, so that the three classes that the demo shows have one of each thing there is to see. All else
 * there, and every other class and day, is left to chance.
 */
export interface Staged {
  /** Long-run absence, where it is to be something else than chance has it. */
  readonly absence?: number;
  readonly isProtected?: boolean;
  /** Away all day from this day to that, both included, where it is more than the opening day. */
  readonly awayFrom?: string;
  readonly awayTo?: string;
  /** Days before the opening one, and how many of their lessons are missed, from the first; on all others nothing is. */
  readonly missed?: Readonly<Record<string, number>>;
  /** How many lessons are missed on the opening day, from the first. */
  readonly misses?: number;
  readonly notice?: { readonly type: 'Anmäld frånvaro' | 'Beviljad ledighet'; readonly madeAt: string };
  /** Minutes late to the first lesson. */
  readonly late?: number;
  /** How many of the opening day's lessons are set, from the first: all of them where left out. */
  readonly set?: number;
}

const ALL_DAY = 99;
const reported = (madeAt: string): Staged => ({
  misses: ALL_DAY,
  notice: { type: 'Anmäld frånvaro', madeAt: `2026-11-23T${madeAt}` },
});

/** Passes 20 % over four weeks on the last day before the opening one, and 15 % not long before. */
const PASSES_20: Staged = {
  absence: 0.05,
  missed: { '2026-11-09': ALL_DAY, '2026-11-11': ALL_DAY, '2026-11-13': 3, '2026-11-20': ALL_DAY },
};
/** Passes 25 % then, and 20 % early in that week. */
const PASSES_25: Staged = {
  absence: 0.2,
  missed: { '2026-11-05': ALL_DAY, '2026-11-10': ALL_DAY, '2026-11-16': ALL_DAY, '2026-11-20': ALL_DAY },
};

/** By class and the pupil's number in it. */
const staged: Readonly<Record<string, Readonly<Record<number, Staged>>>> = {
  '8A': {
    3: reported('11:20'),
    9: reported('11:12'),
    11: { misses: ALL_DAY, notice: { type: 'Beviljad ledighet', madeAt: '2026-11-12T14:10' } },
    14: { late: 10 },
  },
  '8B': {
    2: { absence: 0.75, misses: ALL_DAY, awayFrom: '2026-11-02', awayTo: '2026-11-27' },
    5: reported('07:10'),
    7: { ...PASSES_25, isProtected: true, misses: ALL_DAY },
    10: PASSES_20,
    12: reported('09:20'),
    16: { late: 15 },
    19: { misses: 2 },
  },
  '8C': {
    6: reported('07:40'),
    15: { late: 5 },
  },
};

/** What is staged for a pupil of a class; undefined for most. */
export function stagedPart(schoolId: string, className: string, number: number): Staged | undefined {
  if (schoolId !== STAGED_SCHOOL) return undefined;
  return staged[className]?.[number] ?? (className === OWN_CLASS ? { set: 1 } : undefined);
}

/** After how many minutes a class's first lesson of the opening day is reported: with too few the morning would be held. */
export function stagedReport(
  schoolId: string,
  className: string,
  day: Temporal.PlainDate,
): number | undefined {
  if (schoolId !== STAGED_SCHOOL || !day.equals(STAGED_DAY)) return undefined;
  return className === LATE_REPORTER ? 75 : 12;
}
