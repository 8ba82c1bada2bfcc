import type { Translator } from '../locales/translator.ts';

/** How much time there is to choose from, in school days. */
export function weekChoices(words: Translator) {
  return [
    { value: '5', title: words.t('eht.weeks.5') },
    { value: '10', title: words.t('eht.weeks.10') },
    { value: '20', title: words.t('eht.weeks.20') },
  ];
}
