import type { Metric } from '../config/routine.ts';

/** Whom somebody wants to see of a school's pupils; what is not said leaves nobody out. */
export interface PupilFilter {
  /** Key of the gravest level that the pupil is at. */
  readonly level?: string | undefined;
  readonly grade?: number | undefined;
  /** A mentor group or class, by name. */
  readonly group?: string | undefined;
  /** What is measured by the rule that some case of the pupil's arose from. */
  readonly metric?: Metric | undefined;
  readonly isWithoutContactPerson: boolean;
  /** Only those with a step that is overdue. */
  readonly isOverdue: boolean;
}

export const EVERYBODY: PupilFilter = { isWithoutContactPerson: false, isOverdue: false };

/** What a filter looks at. */
export interface Filtered {
  readonly level: { readonly key: string };
  readonly grade: number | undefined;
  readonly groupName: string;
  readonly metrics: readonly Metric[];
  readonly contactPerson: string | undefined;
  readonly overdue: number;
}

/** Whether somebody is to be shown. */
export function passes(filter: PupilFilter, pupil: Filtered): boolean {
  const { level, grade, group, metric, isWithoutContactPerson, isOverdue } = filter;
  if (level !== undefined && pupil.level.key !== level) return false;
  if (grade !== undefined && pupil.grade !== grade) return false;
  if (group !== undefined && pupil.groupName !== group) return false;
  if (metric !== undefined && !pupil.metrics.includes(metric)) return false;
  if (isWithoutContactPerson && pupil.contactPerson !== undefined) return false;
  return !isOverdue || pupil.overdue > 0;
}

/** Whether a filter asks for some grade or group: where a protected pupil belongs is not told by one. */
export function asksWhere({ grade, group }: PupilFilter): boolean {
  return grade !== undefined || group !== undefined;
}
