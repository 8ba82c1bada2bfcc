import type { Translator } from '../locales/translator.ts';
import type { Metric } from '../services/config/routine.ts';
import type { PupilListView } from '../services/pupils/pupil-list-view.ts';
import { metricText } from './absence-text.ts';
import { ALL, filterData, OVERDUE, WITHOUT_CONTACT_PERSON } from './pupil-filter-data.ts';
import { asLabel, asText } from './text.ts';

interface Choice {
  readonly title: string;
  readonly value: string;
}

/** More than a school has groups; what is more may be written: "elever 8B". */
const MOST_CHOICE_BYTES = 3_500;

/** What the list is narrowed to, in words; '' where it shows everybody. */
export function filterWords({ filter, levels }: PupilListView, words: Translator): string {
  const level = levels.find(({ key }) => key === filter.level)?.name ?? filter.level;
  const parts = [
    level === undefined ? '' : asText(level),
    filter.grade === undefined ? '' : words.t('pupils.grade', { grade: filter.grade }),
    filter.group === undefined ? '' : asText(filter.group),
    filter.metric === undefined ? '' : metricText(filter.metric, words),
    filter.isWithoutContactPerson ? words.t('pupils.withoutContactPerson') : '',
    filter.isOverdue ? words.t('pupils.isOverdue') : '',
  ];
  return parts.filter(Boolean).join(' · ');
}

/** The inputs, each at what is chosen. */
export function filterInputs({ filter, levels, grades, groups, metrics }: PupilListView, words: Translator) {
  const { level, grade, group, metric, only } = filterData(filter);
  const all = { title: words.t('pupils.all'), value: ALL };
  const input = (id: string, label: string, value: string, choices: readonly Choice[]) => {
    const offered = [all, ...fitting(choices)];
    // What was written may not be among them; then the input stands at everything.
    return { id, label, value: offered.some((one) => one.value === value) ? value : ALL, choices: offered };
  };
  const onlyChoices = [
    { title: words.t('pupils.withoutContactPerson'), value: WITHOUT_CONTACT_PERSON },
    { title: words.t('pupils.isOverdue'), value: OVERDUE },
  ];
  return {
    filterTitle: words.t('pupils.filterTitle'),
    inputs: [
      input('level', words.t('pupils.levelLabel'), level, levels.map(choiceOf)),
      input(
        'grade',
        words.t('pupils.gradeLabel'),
        grade,
        grades.map((one) => gradeChoice(one, words)),
      ),
      input(
        'group',
        words.t('pupils.groupLabel'),
        group,
        groups.map((name) => choiceOf({ key: name, name })),
      ),
      input(
        'metric',
        words.t('pupils.metricLabel'),
        metric,
        metrics.map((one) => metricChoice(one, words)),
      ),
    ],
    onlyLabel: words.t('pupils.onlyLabel'),
    onlyValue: only,
    onlyChoices,
    show: words.t('pupils.show'),
  };
}

function choiceOf({ key, name }: { readonly key: string; readonly name: string }): Choice {
  return { title: asLabel(name), value: key };
}

function gradeChoice(grade: number, words: Translator): Choice {
  return { title: words.t('pupils.grade', { grade }), value: String(grade) };
}

function metricChoice(metric: Metric, words: Translator): Choice {
  return { title: metricText(metric, words), value: metric };
}

function fitting(choices: readonly Choice[]): readonly Choice[] {
  let bytes = 0;
  return choices.filter((choice) => {
    // A longer value could not be sent back, and a binding in it would be live.
    if (choice.value.length > 100 || choice.value.includes('${') || choice.value === '') return false;
    bytes += Buffer.byteLength(JSON.stringify(choice));
    return bytes <= MOST_CHOICE_BYTES;
  });
}
