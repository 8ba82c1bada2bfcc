import { type Compliance, NO_STEPS } from './compliance.ts';
import { addCompliance, type ComplianceLine } from './read-compliance.ts';

/** Fewer pupils than this are not shown outside their school. */
export const LEAST_PUPILS = 5;

/** How a school followed the routine, as it may be shown outside it. */
export interface DisclosedSchool {
  readonly schoolId: string;
  readonly lines: readonly (ComplianceLine & { readonly isSuppressed: boolean })[];
  /** Undefined where it would tell what was left out. */
  readonly total: Compliance | undefined;
}

/**
 * Leaves out the figures of lines about few pupils. What is left out cannot be worked out from the total either: a line about
 * pupils enough goes with it, the smallest that there is; where there is none, the total is left out. The same pupils may stand
 * behind several lines, so that only a line that has enough by itself hides the others.
 */
export function disclosed(lines: readonly ComplianceLine[]): readonly DisclosedSchool[] {
  const schoolIds = [...new Set(lines.map(({ schoolId }) => schoolId))];
  return schoolIds.map((schoolId) => {
    const own = lines.filter((line) => line.schoolId === schoolId);
    const hidden = hiddenOf(own);
    const isTold = hidden.size === 0 || [...hidden].some(({ pupils }) => pupils >= LEAST_PUPILS);
    return {
      schoolId,
      lines: own.map((line) =>
        hidden.has(line)
          ? { ...line, ...NO_STEPS, pupils: 0, isSuppressed: true }
          : { ...line, isSuppressed: false },
      ),
      total: isTold ? addCompliance(own) : undefined,
    };
  });
}

/** The same for those who may see all of the school. */
export function undisguised(lines: readonly ComplianceLine[]): readonly DisclosedSchool[] {
  const schoolIds = [...new Set(lines.map(({ schoolId }) => schoolId))];
  return schoolIds.map((schoolId) => {
    const own = lines.filter((line) => line.schoolId === schoolId);
    return {
      schoolId,
      lines: own.map((line) => ({ ...line, isSuppressed: false })),
      total: addCompliance(own),
    };
  });
}

function hiddenOf(lines: readonly ComplianceLine[]): ReadonlySet<ComplianceLine> {
  const few = lines.filter(({ pupils }) => pupils < LEAST_PUPILS);
  const [smallest] = lines
    .filter(({ pupils }) => pupils >= LEAST_PUPILS)
    .toSorted((a, b) => a.pupils - b.pupils || a.steps - b.steps);
  return new Set(few.length === 0 || smallest === undefined ? few : [...few, smallest]);
}
