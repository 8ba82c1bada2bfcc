import type { Translator } from '../locales/translator.ts';
import type { MorningView } from '../services/morning/morning-view.ts';

/** Of what the heads of the morning's cards speak. */
export interface HeaderFacts extends Pick<MorningView, 'day' | 'dataAt'> {
  readonly lessonsStarted: number;
  readonly lessonsReported: number;
}

/** The lines under a card's title: "Måndag 23 november", and as of when and on how much the card stands. */
export function header(
  facts: HeaderFacts,
  words: Translator,
): { readonly date: string; readonly quality: string } {
  const { day, dataAt, lessonsStarted: started, lessonsReported: reported } = facts;
  const lessons = started === 0 ? [] : [words.t('card.lessonsReported', { reported, started })];
  return {
    date: dateLine(day, words),
    quality: [words.t('card.dataAt', { time: words.time(dataAt) }), ...lessons].join(' · '),
  };
}

/** "Måndag 23 november". */
export function dateLine(day: MorningView['day'], words: Translator): string {
  const date = words.date(day);
  return date.charAt(0).toUpperCase() + date.slice(1);
}
