import type { Translator } from '../locales/translator.ts';
import { chosenText } from './chosen.ts';
import { type On, onText } from './on.ts';
import { cardTemplate } from './render.ts';
import template from './several.json' with { type: 'json' };
import { asLabel, asText } from './text.ts';
import { contactChoices } from './ways-of-contact.ts';

const render = cardTemplate(template);
/** More pupils than this do not fit the card; the rest comes when these are done. */
const MOST_PUPILS = 60;

export interface SeveralView {
  readonly name: string;
  /** Those who are left to contact. */
  readonly pupils: readonly { readonly followUp: string; readonly version: number; readonly name: string }[];
}

/** The same for several pupils: who, with whom, and how, with one press for all of them. */
export function severalCard(view: SeveralView, on: On, words: Translator, notice = ''): object {
  return render({
    lang: words.language,
    title: words.t('contact.severalTitle', { name: asText(view.name) }),
    notice,
    ask: words.t('contact.severalAsk'),
    severalLabel: words.t('contact.severalLabel'),
    pupils: view.pupils
      .slice(0, MOST_PUPILS)
      .map(({ name, ...chosen }) => ({ chosen: chosenText(chosen), name: asLabel(name) })),
    ...contactChoices(words),
    notReached: words.t('contact.notReached'),
    back: words.t('contact.back'),
    on: onText(on),
  });
}
