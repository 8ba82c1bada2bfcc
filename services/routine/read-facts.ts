import type { Temporal } from 'temporal-polyfill';
import { readCoveredSums } from '../attendance/covered-sums.ts';
import { readSubjectSums, type SubjectSums } from '../attendance/subject-sums.ts';
import { windowSpan } from '../attendance/windows.ts';
import type { School } from '../config/municipality.ts';
import { type Routine, type WindowName, windowNames } from '../config/routine.ts';
import type { Db } from '../storage/database.ts';
import type { PupilFacts } from './crossings.ts';

export interface FactsQuery {
  readonly school: Pick<School, 'id' | 'calendar'>;
  readonly day: Temporal.PlainDate;
  readonly routine: Routine;
  /** Only these pupils. */
  readonly pupilIds?: readonly string[] | undefined;
}

/**
 * What a routine judges a school's pupils by, as of `day`: one statement, and one more for each window of a rule about single
 * subjects. Only what the routine asks for is read.
 */
export async function readFacts(
  db: Db,
  { school, day, routine, pupilIds }: FactsQuery,
): Promise<readonly PupilFacts[]> {
  const rules = routine.levels.flatMap(({ when }) => when);
  const windows = windowNames.filter((name) => rules.some((rule) => rule.window === name));
  const query = { schoolId: school.id, pupilIds };
  const sums = await readCoveredSums(db, { ...query, day, calendar: school.calendar, windows });
  const bySubject = new Map<string, Partial<Record<WindowName, SubjectSums[]>>>();
  for (const name of windows) {
    const span = windowSpan(name, day, school.calendar);
    const isAsked = rules.some((rule) => rule.metric === 'oneSubject' && rule.window === name);
    if (!isAsked || span === undefined) continue;
    for (const one of await readSubjectSums(db, { ...query, span })) {
      const own = bySubject.get(one.pupilId) ?? {};
      bySubject.set(one.pupilId, { ...own, [name]: [...(own[name] ?? []), one] });
    }
  }
  return sums.map((one) => ({ sums: one, subjects: bySubject.get(one.pupilId) ?? {} }));
}
