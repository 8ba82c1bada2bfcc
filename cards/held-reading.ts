import type { Translator } from '../locales/translator.ts';
import type { HeldReadingView } from '../services/morning/held-reading-view.ts';
import { dateLine } from './header.ts';
import template from './held-reading.json' with { type: 'json' };
import { holdReasonText } from './hold-reason-text.ts';
import { cardTemplate } from './render.ts';
import { asLabel, asText } from './text.ts';

const render = cardTemplate(template);

/** Asks the coordinator whether a reading is to be shown that says what is hardly so; then says what became of it. */
export function heldReadingCard(view: HeldReadingView, words: Translator): object {
  return render({
    lang: words.language,
    title: headline(asText(view.schoolName), view, words),
    fallback: heldReadingSummary(view, words),
    date: dateLine(view.day, words),
    isAsked: isAsked(view),
    reasons: view.heldFor.map((reason) => ({ text: holdReasonText(reason, words) })),
    read: words.t('heldReading.read', { time: words.time(view.readAt) }),
    ask: words.t('heldReading.ask', { time: words.time(view.cardsAt) }),
    accept: words.t('heldReading.accept'),
    acceptTooltip: words.t('heldReading.acceptTooltip'),
    reading: view.readingId,
    outcome: outcome(view, words),
  });
}

/** The text of the notification: what the card's title says. */
export function heldReadingSummary(view: HeldReadingView, words: Translator): string {
  return headline(asLabel(view.schoolName), view, words);
}

function isAsked({ accepted, isOver }: HeldReadingView): boolean {
  return accepted === undefined && !isOver;
}

function headline(name: string, view: HeldReadingView, words: Translator): string {
  if (isAsked(view)) return words.t('heldReading.waiting', { name });
  return words.t(view.isOver ? 'heldReading.over' : 'heldReading.accepted', { name });
}

function outcome({ accepted, isOver, cardsAt }: HeldReadingView, words: Translator): string {
  const said =
    accepted === undefined
      ? []
      : [words.t('heldReading.acceptedBy', { name: asText(accepted.by), time: words.time(accepted.at) })];
  const now = isOver
    ? words.t('heldReading.shown', { time: words.time(cardsAt) })
    : words.t('heldReading.readAgain');
  return [...said, now].join(' ');
}
