import type { Translator } from '../../locales/translator.ts';
import type { Routine } from '../../services/config/routine.ts';
import { csvText } from '../../services/csv.ts';
import { type Compliance, complianceShares } from '../../services/routine/compliance.ts';
import type { DisclosedSchool } from '../../services/routine/disclosure.ts';
import { levelName, stepName } from '../../services/routine/routine-names.ts';
import { compareInRoutine } from '../../services/routine/routine-order.ts';

export interface ReportedSchool {
  readonly name: string;
  readonly firstDay: string;
  readonly lastDay: string;
  /** Undefined where no step was due. */
  readonly found: DisclosedSchool | undefined;
}

/** The report as a file for a spreadsheet: a row for each school, level and kind of step as the routine has them, and the school's total. */
export function complianceCsv(
  schools: readonly ReportedSchool[],
  routines: readonly Routine[],
  words: Translator,
): string {
  return csvText([headings(words), ...schools.flatMap((school) => rowsOf(school, routines, words))]);
}

function headings(words: Translator): readonly string[] {
  return [
    words.t('compliance.school'),
    words.t('compliance.from'),
    words.t('compliance.to'),
    words.t('compliance.level'),
    words.t('compliance.step'),
    words.t('compliance.pupils'),
    words.t('compliance.steps'),
    words.t('compliance.onTime'),
    words.t('compliance.late'),
    words.t('compliance.overdue'),
    words.t('compliance.open'),
    words.t('compliance.notNeeded'),
    words.t('compliance.withMoreTime'),
    words.t('compliance.onTimeShare'),
    words.t('compliance.lateShare'),
    words.t('compliance.overdueShare'),
    words.t('compliance.openShare'),
    words.t('compliance.notNeededShare'),
  ];
}

/** Pupils, seven counts, and five shares. */
const FIGURES = 13;

function rowsOf(
  { name, firstDay, lastDay, found }: ReportedSchool,
  routines: readonly Routine[],
  words: Translator,
): readonly (readonly string[])[] {
  if (found === undefined) return [];
  const few = words.t('compliance.few');
  const lines = found.lines.toSorted(compareInRoutine(routines)).map((line) => {
    const { level, step } = namesOf(line, routines);
    const kind = line.isFollowUp ? words.t('pupil.followUp', { name: step }) : step;
    const figures = line.isSuppressed
      ? [few, ...Array(FIGURES - 1).fill('')]
      : [String(line.pupils), ...figuresOf(line)];
    return [name, firstDay, lastDay, level, kind, ...figures];
  });
  const { total } = found;
  // How many pupils stand behind them all together, the lines do not say.
  const figures = total === undefined ? [few, ...Array(FIGURES - 1).fill('')] : ['', ...figuresOf(total)];
  return [...lines, [name, firstDay, lastDay, words.t('compliance.total'), '', ...figures]];
}

function figuresOf(compliance: Compliance): readonly string[] {
  const { steps, onTime, late, overdue, open, notNeeded, withMoreTime } = compliance;
  const shares = complianceShares(compliance);
  const percents = shares && [shares.onTime, shares.late, shares.overdue, shares.open, shares.notNeeded];
  return [
    ...[steps, onTime, late, overdue, open, notNeeded, withMoreTime].map(String),
    ...(percents?.map(inPercent) ?? Array<string>(5).fill('')),
  ];
}

/** "66,7": a number to a spreadsheet that is set to Swedish. */
function inPercent(share: number): string {
  return (share * 100).toFixed(1).replace('.', ',');
}

/** By the last routine that knows them. */
function namesOf(
  { level, key }: { readonly level: string; readonly key: string },
  routines: readonly Routine[],
) {
  const known = routines.findLast(({ levels }) =>
    levels.some((one) => one.key === level && one.steps.some((step) => step.key === key)),
  );
  const routineValidFrom = known?.validFrom ?? routines.at(-1)?.validFrom;
  if (routineValidFrom === undefined) return { level, step: key };
  const origin = { routineValidFrom, level, key };
  return { level: levelName(routines, origin), step: stepName(routines, origin) };
}
