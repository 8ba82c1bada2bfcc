import { z } from 'zod';
import { countMetrics, type Metric, shareMetrics } from '../services/config/routine.ts';
import type { PupilFilter } from '../services/pupils/pupil-filter.ts';

/** What a choice of everything is called: a choice set needs a value. */
export const ALL = 'all';
export const WITHOUT_CONTACT_PERSON = 'withoutContactPerson';
export const OVERDUE = 'overdue';

const choice = z
  .string()
  .max(100)
  .default(ALL)
  .transform((text) => (text === ALL || text === '' ? undefined : text));
const metrics: readonly string[] = [...shareMetrics, ...countMetrics];

/** The fields of a filter as a button carries them, and as the inputs of the list give them: under the same names. */
export const pupilFilterFields = {
  level: choice,
  grade: choice.refine((text) => text === undefined || /^\d{1,2}$/.test(text)),
  group: choice,
  metric: choice.refine((text) => text === undefined || metrics.includes(text)),
  /** Separated by commas, as a choice set gives them. */
  only: z.string().max(100).default(''),
};

type Fields = z.output<z.ZodObject<typeof pupilFilterFields>>;
export type FilterData = Readonly<Record<keyof Fields, string>>;

/** A filter as a button carries it. */
export function filterData(filter: PupilFilter): FilterData {
  const only = [filter.isWithoutContactPerson ? WITHOUT_CONTACT_PERSON : '', filter.isOverdue ? OVERDUE : ''];
  return {
    level: filter.level ?? ALL,
    grade: filter.grade === undefined ? ALL : String(filter.grade),
    group: filter.group ?? ALL,
    metric: filter.metric ?? ALL,
    only: only.filter(Boolean).join(','),
  };
}

/** What a button or the inputs gave. */
export function filterOf({ level, grade, group, metric, only }: Fields): PupilFilter {
  const wanted = only.split(',');
  return {
    level,
    grade: grade === undefined ? undefined : Number(grade),
    group,
    metric: metric as Metric | undefined,
    isWithoutContactPerson: wanted.includes(WITHOUT_CONTACT_PERSON),
    isOverdue: wanted.includes(OVERDUE),
  };
}
