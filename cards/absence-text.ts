import type { TextKey, Translator } from '../locales/translator.ts';
import type { Metric, WindowName } from '../services/config/routine.ts';

const WINDOWS = {
  today: 'pupils.window.today',
  fourWeeks: 'pupils.window.fourWeeks',
  month: 'pupils.window.month',
  term: 'pupils.window.term',
  schoolYear: 'pupils.window.schoolYear',
} as const satisfies Readonly<Record<WindowName, TextKey>>;

const METRICS = {
  totalAbsence: 'pupils.metric.totalAbsence',
  invalidAbsence: 'pupils.metric.invalidAbsence',
  oneSubject: 'pupils.metric.oneSubject',
  consecutiveDays: 'pupils.metric.consecutiveDays',
  occasions: 'pupils.metric.occasions',
  invalidLessons: 'pupils.metric.invalidLessons',
} as const satisfies Readonly<Record<Metric, TextKey>>;

/** "de senaste fyra veckorna". */
export function windowText(window: WindowName, words: Translator): string {
  return words.t(WINDOWS[window]);
}

/** "Total frånvaro". */
export function metricText(metric: Metric, words: Translator): string {
  return words.t(METRICS[metric]);
}

/** "97 % rapporterat"; '' where everything is: a share says how much it stands on wherever that is not all. */
export function reportingText(reporting: number | undefined, words: Translator): string {
  if (reporting === undefined || reporting >= 1) return '';
  // Rounded down: what is not all is never told as all of it.
  return words.t('pupils.reporting', { percent: words.percent(Math.floor(reporting * 1_000) / 1_000) });
}
