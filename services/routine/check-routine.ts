import type { Temporal } from 'temporal-polyfill';
import type { School } from '../config/municipality.ts';
import type { Routine, RoutineRule } from '../config/routine.ts';
import type { Db } from '../storage/database.ts';
import { measure } from './crossings.ts';
import { readFacts } from './read-facts.ts';

/** How many of a school's pupils a routine would catch. */
export interface SchoolCheck {
  readonly schoolId: string;
  /** Pupils of whose absence something is known. */
  readonly pupils: number;
  readonly levels: readonly LevelCheck[];
}

export interface LevelCheck {
  readonly level: string;
  readonly name: string;
  /** By any of its rules. */
  readonly caught: number;
  readonly rules: readonly { readonly rule: RoutineRule; readonly caught: number }[];
}

/** Counts, by the data as they are, whom each rule of a routine would catch on a day. Nothing is written. */
export async function checkRoutine(
  db: Db,
  school: School,
  routine: Routine,
  day: Temporal.PlainDate,
): Promise<SchoolCheck> {
  const facts = await readFacts(db, { school, day, routine });
  const levels = routine.levels.map((level): LevelCheck => {
    const caughtBy = level.when.map((rule) => facts.filter((one) => measure(rule, one) !== undefined));
    return {
      level: level.key,
      name: level.name,
      caught: new Set(caughtBy.flat()).size,
      rules: level.when.map((rule, index) => ({ rule, caught: caughtBy[index]?.length ?? 0 })),
    };
  });
  return { schoolId: school.id, pupils: facts.length, levels };
}
