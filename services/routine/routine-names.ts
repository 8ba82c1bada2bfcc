import type { Temporal } from 'temporal-polyfill';
import type { School } from '../config/municipality.ts';
import type { Routine, RoutineLevel, RoutineStep } from '../config/routine.ts';

/** The routines with what people read in them in a school's language; what has no English name keeps the one it has. */
export function inLanguage(routines: readonly Routine[], language: School['language']): readonly Routine[] {
  return language === 'sv' ? routines : routines.map(inEnglish);
}

function inEnglish(routine: Routine): Routine {
  const { levels, eht } = routine;
  return {
    ...routine,
    levels: levels.map((level) => ({ ...named(level), steps: level.steps.map(named) })),
    ...(eht && { eht: { checklist: eht.checklist.map(named), decisions: eht.decisions.map(named) } }),
  };
}

function named<T extends { readonly name: string; readonly nameEn?: string | undefined }>(one: T): T {
  return { ...one, name: one.nameEn ?? one.name };
}

/** What a case or a step says of where it comes from. */
interface Origin {
  /** A day, or its text. */
  readonly routineValidFrom: Temporal.PlainDate | string;
  readonly level: string;
}

/** The level as the routine has it under which a case arose; undefined where that routine is no longer in the file. */
export function levelOf(routines: readonly Routine[], origin: Origin): RoutineLevel | undefined {
  const validFrom = origin.routineValidFrom.toString();
  return routines
    .find((routine) => routine.validFrom === validFrom)
    ?.levels.find(({ key }) => key === origin.level);
}

/** The step as that routine has it. */
export function stepOf(
  routines: readonly Routine[],
  step: Origin & { readonly key: string },
): RoutineStep | undefined {
  return levelOf(routines, step)?.steps.find(({ key }) => key === step.key);
}

/** What people call a level; its key where the routine it comes from is gone. */
export function levelName(routines: readonly Routine[], origin: Origin): string {
  return levelOf(routines, origin)?.name ?? origin.level;
}

/** What people call a step; its key where the routine it comes from is gone. */
export function stepName(routines: readonly Routine[], step: Origin & { readonly key: string }): string {
  return stepOf(routines, step)?.name ?? step.key;
}
