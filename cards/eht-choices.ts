import type { Translator } from '../locales/translator.ts';

/** How much time there is to choose from, in school days. */
export function weekChoices(words: Translator) {
  return (['5', '10', '20'] as const).map((value) => ({ value, title: words.t(`eht.weeks.${value}`) }));
}
