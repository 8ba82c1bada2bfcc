import type { Temporal } from 'temporal-polyfill';
import type { Translator } from '../locales/translator.ts';
import { dateLine } from './header.ts';
import template from './morning-failure.json' with { type: 'json' };
import { cardTemplate } from './render.ts';
import { asLabel, asText } from './text.ts';

const render = cardTemplate(template);

/** Of what a morning that could not be read is told. */
export interface MorningFailureView {
  readonly schoolName: string;
  readonly day: Temporal.PlainDate;
  /** When the cards should have come. */
  readonly since: Temporal.Instant;
}

/** Says to the coordinator that no cards have come and why, until the morning's own card takes its place. */
export function morningFailureCard(view: MorningFailureView, words: Translator): object {
  return render({
    lang: words.language,
    title: words.t('school.notRead', { name: asText(view.schoolName) }),
    fallback: morningFailureSummary(view, words),
    date: dateLine(view.day, words),
    text: words.t('school.notReadSince', { time: words.time(view.since) }),
  });
}

/** The text of the notification: what the card's title says. */
export function morningFailureSummary({ schoolName }: MorningFailureView, words: Translator): string {
  return words.t('school.notRead', { name: asLabel(schoolName) });
}
