import assert from 'node:assert/strict';
import { actionsOf, cardOf, textsOf } from '../support/card-text.ts';
import { messagesIn } from '../support/morning-cards.ts';
import { type CardInHand, cardIn, inHand, tap, titlesOf } from '../support/taps.ts';
import type { TeamsPlace } from '../support/teams-user.ts';
import { type EhtApp, type EhtAppOptions, ehtChat, startEhtApp } from './eht-school.ts';

const SIV = 'siv.kurator@skola.example';

export type EhtHands = ReturnType<typeof handsIn>;

/** A school whose EHT has pupils to talk about, two where not said otherwise, with Siv’s hands in its chat. */
export async function startEht(
  options: EhtAppOptions = {},
  absence: Readonly<Record<number, number>> = { 0: 30, 1: 25 },
): Promise<{ readonly app: EhtApp; readonly eht: EhtHands }> {
  const app = await startEhtApp({ groups: 1, perGroup: 5, ...options });
  await app.absent(absence);
  return { app, eht: handsIn(app) };
}

/** What stands in EHT's chat, and Siv's hands on it. */
function handsIn(app: EhtApp) {
  const siv = () => app.user('Siv Kurator');

  /** Opens the pupil on the list. */
  async function open(name: string, hand: CardInHand = cardIn(app, ehtChat)): Promise<CardInHand> {
    const button = actionsOf(hand.card).find(({ tooltip }) => tooltip === `Öppna ${name}`);
    assert.ok(button !== undefined, `no ${name}`);
    return inHand(await siv().pressExecute(ehtChat, hand.messageId, button.verb, button.data), hand);
  }

  /** Presses the first button of this title and verb. */
  async function press(hand: CardInHand, title: string, verb: string): Promise<CardInHand> {
    const button = actionsOf(hand.card).find((one) => one.title === title && one.verb === verb);
    assert.ok(button !== undefined, `no ${title}, but ${titlesOf(hand.card).join(', ')}`);
    return inHand(await siv().pressExecute(ehtChat, hand.messageId, verb, button.data), hand);
  }

  /** Decides on the pupil who is open, with Siv to see to it. */
  async function decide(panel: CardInHand, choice: string): Promise<CardInHand> {
    const form = await press(panel, 'Nytt beslut', 'eht.askDecision');
    return inHand(await tap(siv(), ehtChat, form, 'Besluta', { choice, owner: SIV }), panel);
  }

  const cards = () => cardsIn(app, ehtChat);
  return { siv, cards, newest: () => cards().at(-1) ?? '', open, press, decide };
}

/** The texts of each card that stands there, oldest first. */
export function cardsIn(app: EhtApp, place: TeamsPlace): readonly string[] {
  return messagesIn(app, place).flatMap(({ activity }) =>
    activity.attachments === undefined ? [] : [textsOf(cardOf(activity)).join('\n')],
  );
}

/** Everything that a card in somebody's hand says. */
export function textIn({ card }: CardInHand): string {
  return textsOf(card).join('\n');
}
