import type { TextKey, Translator } from '../locales/translator.ts';
import { isShareMetric, type Metric, type WindowName } from '../services/config/routine.ts';
import type { Crossing } from '../services/routine/crossings.ts';
import { asText } from './text.ts';

const WINDOWS = {
  today: 'crossing.window.today',
  fourWeeks: 'crossing.window.fourWeeks',
  month: 'crossing.window.month',
  term: 'crossing.window.term',
  schoolYear: 'crossing.window.schoolYear',
} as const satisfies Readonly<Record<WindowName, TextKey>>;

const METRICS = {
  totalAbsence: 'crossing.totalAbsence',
  invalidAbsence: 'crossing.invalidAbsence',
  oneSubject: 'crossing.oneSubject',
  consecutiveDays: 'crossing.consecutiveDays',
  occasions: 'crossing.occasions',
  invalidLessons: 'crossing.invalidLessons',
} as const satisfies Readonly<Record<Metric, TextKey>>;

/**
 * A limit and what was measured, in words: "22,4 % frånvaro på fyra veckor, gränsen är 20 %"; how much was reported is said where it
 * was not everything. Reads as Markdown.
 */
export function crossingText(crossing: Crossing, words: Translator): string {
  const { reporting } = crossing;
  const said = sentence(crossing, words);
  // Rounded it would be everything.
  if (reporting === undefined || words.percent(reporting) === words.percent(1)) return said;
  return `${said} (${words.t('crossing.reporting', { reporting: words.percent(reporting) })})`;
}

function sentence(crossing: Crossing, words: Translator): string {
  const { metric, subject = '' } = crossing;
  const window = crossing.window === undefined ? '' : words.t(WINDOWS[crossing.window]);
  if (!isShareMetric(metric))
    return words.t(METRICS[metric], { count: crossing.value, window, limit: crossing.over });
  const limit = words.percent(crossing.over);
  const value = shareText(crossing, words);
  return words.t(METRICS[metric], { value, window, limit, subject: asText(subject) });
}

/** Where a share above the limit is the same when it is rounded, "20 %, gränsen är 20 %" would look like a mistake. */
function shareText({ value, over }: Crossing, words: Translator): string {
  const [share, limit] = [words.percent(value), words.percent(over)];
  return share === limit && value > over ? words.t('crossing.justOver', { limit }) : share;
}
