import type { TextKey, Translator } from '../locales/translator.ts';
import type { PatternFindings } from '../services/attendance/pattern-findings.ts';
import type { Transition } from '../services/attendance/patterns.ts';

const WEEKDAYS: readonly TextKey[] = [
  'pupil.weekday.1',
  'pupil.weekday.2',
  'pupil.weekday.3',
  'pupil.weekday.4',
  'pupil.weekday.5',
  'pupil.weekday.6',
  'pupil.weekday.7',
];
const SHORT_DAYS: readonly TextKey[] = [
  'pupil.shortDay.1',
  'pupil.shortDay.2',
  'pupil.shortDay.3',
  'pupil.shortDay.4',
  'pupil.shortDay.5',
  'pupil.shortDay.6',
  'pupil.shortDay.7',
];
const TRANSITIONS = {
  first: 'pupil.transition.first',
  otherBuilding: 'pupil.transition.otherBuilding',
  afterBreak: 'pupil.transition.afterBreak',
  straightOn: 'pupil.transition.straightOn',
} as const satisfies Readonly<Record<Transition, TextKey>>;

/** A place of the week without lessons enough to say something. */
const UNKNOWN = '–';
const MOST_LESSONS = 9;

/** What stands out, in words, and weekday by lesson as a table; in facts where a client draws none. */
export function patternPart(pattern: PatternFindings | undefined, words: Translator) {
  const rows = pattern === undefined ? [] : tableOf(pattern, words);
  return {
    patternTitle: words.t('pupil.pattern'),
    patternLines: pattern === undefined ? [] : patternLines(pattern, words).map((text) => ({ text })),
    // On a phone, a cell has no room for the sign.
    tableTitle: rows.length > 1 ? words.t('pupil.patternTable') : '',
    tableColumns: (rows[0] ?? []).map((_, index) => ({ width: index === 0 ? 2 : 1 })),
    tableRows: rows.map((cells) => ({ cells: cells.map((text) => ({ text })) })),
    tableFacts: rows.slice(1).map(([title = '', ...cells]) => ({
      title,
      value: cells.map((text, index) => `${rows[0]?.[index + 1] ?? ''} ${text}`).join(' · '),
    })),
  };
}

function patternLines(pattern: PatternFindings, words: Translator): readonly string[] {
  const { strongest, weekday, transition, overall } = pattern;
  const dayOf = (number: number) => words.t(WEEKDAYS[number - 1] ?? 'pupil.weekday.1');
  const lines = [
    strongest === undefined
      ? ''
      : words.t('pupil.mostly', {
          weekday: dayOf(strongest.weekday),
          lesson: strongest.lessonNumber,
          percent: words.percent(strongest.share),
        }),
    weekday === undefined
      ? ''
      : words.t('pupil.mostlyDay', {
          weekday: dayOf(weekday.weekday),
          percent: words.percent(weekday.share),
        }),
    transition === undefined
      ? ''
      : words.t(TRANSITIONS[transition.transition], { percent: words.percent(transition.share) }),
  ].filter(Boolean);
  const found = lines.length === 0 ? [words.t('pupil.noPattern')] : lines;
  return [...found, words.t('pupil.overall', { percent: words.percent(overall) })];
}

/** The head, and a row for each lesson of the day. */
function tableOf({ places }: PatternFindings, words: Translator): readonly (readonly string[])[] {
  const weekdays = [...new Set(places.map(({ weekday }) => weekday))].toSorted((a, b) => a - b);
  const lessons = [...new Set(places.map(({ lessonNumber }) => lessonNumber))].slice(0, MOST_LESSONS);
  const cell = (weekday: number, lesson: number) => {
    const place = places.find((one) => one.weekday === weekday && one.lessonNumber === lesson);
    return place === undefined ? UNKNOWN : String(Math.round(place.share * 100));
  };
  const head = [
    words.t('pupil.lesson'),
    ...weekdays.map((day) => words.t(SHORT_DAYS[day - 1] ?? 'pupil.shortDay.1')),
  ];
  return [head, ...lessons.map((lesson) => [String(lesson), ...weekdays.map((day) => cell(day, lesson))])];
}
