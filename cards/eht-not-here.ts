import type { Translator } from '../locales/translator.ts';
import template from './eht-not-here.json' with { type: 'json' };
import { cardTemplate } from './render.ts';

const render = cardTemplate(template);

/** What stands in the place of EHT's cards where EHT is no more. */
export function ehtNotHereCard(words: Translator): object {
  return render({ lang: words.language, text: words.t('eht.notHere') });
}

export function ehtNotHereSummary(words: Translator): string {
  return words.t('eht.notHereSummary');
}
